using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.Resumable;

namespace Sluice.AspNetCore.Resumable;

/// <summary>Resumable Uploads for HTTP (draft-ietf-httpbis-resumable-upload).</summary>
internal sealed class HttpUploadProtocol : UploadProtocol
{
    // The response that the resource would have sent to the whole body at once (section 4.4.2).
    public override int? ReceiptCode => StatusCodes.Status201Created;

    public override int CodeOf(string method) =>
        HttpMethods.IsGet(method) ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;

    public override Result<Append> Patch(HttpRequest request, InterimResponses interim) =>
        HttpUploadRequest.Patch(request).TryGet(out var append, out var failure)
            ? append with { Report = interim.Reporter(request) }
            : failure;

    public override void Write(HttpContext context, UploadStatus status, UploadLimits limits, TimeSpan left)
    {
        HttpDraft.Of(context.Request).Write(context.Response.Headers, status.IsComplete);
        context.Response.Headers[UploadHeaders.Limit] = limits.Write(status.Length, left);
    }

    // The upload remains as it is, also when its commit was refused (sections 4.2.2 and 4.4.2).
    public override void WriteRefusal(HttpRequest request, Failure failure, UploadTicket? ticket) =>
        HttpDraft.Of(request).Write(request.HttpContext.Response.Headers, isComplete: false);
}
