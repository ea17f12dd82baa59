using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.Resumable;

namespace Sluice.AspNetCore.Resumable;

/// <summary>tus 1.0.0 (https://tus.io/protocols/resumable-upload).</summary>
internal sealed class TusProtocol : UploadProtocol
{
    public override int? ReceiptCode => null;

    public override int CodeOf(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;

    // Browsers and probes send GET without a version.
    public override Failure? Check(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) ? null : TusRequest.CheckVersion(request);

    public override Result<Append> Patch(HttpRequest request, InterimResponses interim) => TusRequest.Patch(request);

    public override Failure Reported(Failure failure, string method) => TusRequest.Reported(failure, HttpMethods.IsHead(method));

    public override void WriteVersion(IHeaderDictionary headers) => headers[UploadHeaders.TusResumable] = TusRequest.Version;

    public override void Write(HttpContext context, UploadStatus status, UploadLimits limits, TimeSpan left)
    {
        var response = context.Response;
        if (!status.IsComplete)
        {
            WriteExpiry(response.Headers, status.Ticket);
        }

        // Concatenation: the offset of a final upload means something only once it is made.
        if (status is { IsComplete: false, Ticket.Role: UploadRole.Final })
        {
            response.Headers.Remove(UploadHeaders.Offset);
        }

        if (response.StatusCode == StatusCodes.Status200OK)
        {
            response.Headers.SetIfAny(UploadHeaders.Metadata, status.Ticket.Metadata);
            response.Headers.SetIfAny(
                UploadHeaders.DeferLength, status is { Length: null, Ticket.Role: not UploadRole.Final } ? "1" : null);
            response.Headers.SetIfAny(
                UploadHeaders.Concat,
                status.Ticket.Role switch
                {
                    UploadRole.Part => "partial",
                    UploadRole.Final => status.Stored?.Concatenation ?? "final",
                    _ => null
                });
        }
    }

    // Expiration: with every response to PATCH, as long as there is an upload that expires.
    public override void WriteRefusal(HttpRequest request, Failure failure, UploadTicket? ticket)
    {
        if (ticket is not null && HttpMethods.IsPatch(UploadHeaders.Method(request))
            && failure is { Kind: not (FailureKind.UploadGone or FailureKind.UploadCompleted), IsOfCompleteUpload: false })
        {
            WriteExpiry(request.HttpContext.Response.Headers, ticket);
        }
    }

    // RFC 9110, section 5.6.7.
    private static void WriteExpiry(IHeaderDictionary headers, UploadTicket ticket) =>
        headers[UploadHeaders.Expires] = ticket.Expires.ToString("R", CultureInfo.InvariantCulture);
}
