using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Requests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Routing;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Resumable;

/// <summary>What a policy decides about a resumable upload when it is created.</summary>
internal static class TicketDecision
{
    /// <summary>The ticket of a new upload, as a policy decides: the app's own code, or a service.</summary>
    public static async ValueTask<Result<UploadTicket>> DecideAsync(
        IUploadGate gate, HttpRequest request, UploadTicket ticket, CancellationToken cancellationToken)
    {
        var upload = new Upload
        {
            Id = ticket.Id,
            Identity = CallerFinder.Of(request.HttpContext),
            Caller = CallerFinder.ShareOf(request.HttpContext),
            Body = UploadRequest.Body(request),
            Length = ticket.Length,
            MaxBytes = ticket.MaxBytes,
            IsPart = ticket.Role == UploadRole.Part,
            Condition = ticket.Condition,
            Properties = ticket.Properties,
        };
        if (!(await gate.DecideAsync(upload, new Destination(ticket.Target), rule: null, seen: null, cancellationToken))
            .TryGet(out var decided, out var failure))
        {
            return failure;
        }

        // A part has no properties: what is made of the parts has.
        if (upload.IsPart)
        {
            return ticket with { MaxBytes = decided.MaxBytes };
        }

        var properties = decided.Properties with { Features = decided.Properties.Features.Then(decided.Destination!.Features) };
        return decided.MediaTypes?.CheckDeclared(properties.ContentType, properties.ContentEncoding) is { } unaccepted
            ? unaccepted
            : ticket with
            {
                Target = decided.Destination!.Store!.Value,
                MaxBytes = decided.MaxBytes,
                CreateOnly = decided.Condition.IfNoneMatch is not null,
                // A type that a later request declares would not be checked.
                Properties = decided.MediaTypes is null
                    ? properties
                    : properties with { ContentType = properties.ContentType ?? UploadDescription.DefaultType },
            };
    }
}
