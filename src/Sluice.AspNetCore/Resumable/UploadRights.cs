using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Limits;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Rights;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Resumable;

/// <summary>Checks the rights for a resumable upload, at its creation and at every later request.</summary>
internal sealed class UploadRights(Admission admission)
{
    /// <summary>The upload with the limits of the right that the caller has for it; or why it has none.</summary>
    public Result<UploadTicket> Grant(HttpRequest request, UploadTicket ticket)
    {
        // The name of a part is not the client's. That of the upload that is made of parts is checked when it is made.
        var isPart = ticket.Role == UploadRole.Part;
        var place = isPart ? Place.Somewhere(ticket.Target.Container) : Place.Blob(ticket.Target);
        var caller = CallerFinder.Of(request.HttpContext);
        if (!admission.FindRight(caller, place).TryGet(out var grant, out var failure))
        {
            return failure;
        }

        // No byte has arrived yet, or not in this request.
        var properties = ticket.Properties;
        return !isPart && grant.MediaTypes?.CheckDeclared(properties.ContentType, properties.ContentEncoding) is { } unaccepted
            ? unaccepted
            : ticket with { Grant = grant, Sender = caller.KnownId, MaxBytes = Upload.Least(ticket.MaxBytes, grant.MaxBytes) };
    }
}
