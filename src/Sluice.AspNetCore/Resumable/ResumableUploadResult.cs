using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Digests;
using Sluice.Resumable;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Resumable;

/// <summary>The state of an upload, in the fields of the protocol that it was created with.</summary>
/// <param name="status">The state of the upload.</param>
/// <param name="code">The status code, unless the upload is complete and has a receipt to show.</param>
/// <param name="limits">The limits to report.</param>
/// <param name="location">The upload's own path, if it was just created.</param>
/// <param name="options">The bounds for draining a body that was not read to its end.</param>
/// <param name="time">The clock.</param>
internal sealed class ResumableUploadResult(
    UploadStatus status, int code, UploadLimits limits, string? location, BodyOptions options, TimeProvider time)
    : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = code;
        response.Headers.CacheControl = "no-store";
        response.Headers[UploadHeaders.Offset] = Number(status.Offset);
        response.Headers.SetIfAny(UploadHeaders.Length, status.Length is { } length ? Number(length) : null);
        response.Headers.SetIfAny(HeaderNames.Location, location);
        var protocol = UploadProtocol.Of(status.Ticket);
        protocol.Write(httpContext, status, limits, status.Ticket.Expires - time.GetUtcNow());
        WriteBlobFields(httpContext);
        if ((status.Committed ?? status.Repeated) is { } committed && protocol.ReceiptCode is { } complete)
        {
            response.StatusCode = complete;
            response.Headers.LastModified = committed.LastModified.ToString("R", CultureInfo.InvariantCulture);
            if (complete == StatusCodes.Status201Created)
            {
                // Of what was created (RFC 9110, section 15.3.2).
                response.Headers.Location = response.Headers.ContentLocation;
            }

            await SmallContent.WriteJsonAsync(response, ReceiptResponse.Of(Receipt(committed)), ResponseJson.Readable.ReceiptResponse);
        }

        await Drain.RunAsync(httpContext, options, time);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // The location of the blob, and its properties.
    private void WriteBlobFields(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (!status.IsComplete)
        {
            return;
        }

        headers.ContentLocation = BlobLocation.Of(context.Request, status.Ticket.Target.Container, status.Ticket.Target.Name);
        headers.ETag = status.Committed?.ETag ?? status.Stored?.ETag;
        DigestHeaders.WriteReprDigest(context, Digests());
    }

    private IReadOnlyDictionary<string, string> Digests() => status.Stored?.Digests ?? Digest.Reported(status.Digests);

    private Receipt Receipt(Storage.Committed committed) => new(
        status.Ticket.Target.Container,
        status.Ticket.Target.Name,
        status.Offset,
        status.Ticket.Properties.ContentType,
        null,
        status.Ticket.Properties.ContentType!,
        committed.Blocks,
        committed.ETag,
        committed.LastModified,
        Digests(),
        (long)status.Took.TotalMilliseconds);
}
