using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Requests;
using Sluice.Body;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.AspNetCore.Results;

/// <summary>A stored blob, or a part of it, streamed back with all its stored properties.</summary>
internal sealed class BlobResult(
    StoredBlob blob, ReadPlan plan, Stream? content, ReadOptions read, BodyOptions options, TimeProvider time, ILogger logger,
    CancellationToken over) : IResult
{
    private const int ChunkBytes = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var opened = content;
        var response = httpContext.Response;
        response.StatusCode = plan.Status;
        SetHeaders(response);
        WriteDigests(httpContext);
        if (content is null)
        {
            return;
        }

        try
        {
            await CopyAsync(content, response, httpContext.RequestAborted);
        }
        catch (Exception e)
        {
            // Half of the response has been sent: only a broken connection signals that to the client.
            EndpointLog.ReadBroken(logger, httpContext.Request.Path, e.GetType().Name);
            httpContext.Abort();
        }
    }

    // The SDK ends a read when storage stalls (Sluice:Blob:StallTimeout); we end it when a client stops reading.
    private async Task CopyAsync(Stream content, HttpResponse response, CancellationToken aborted)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, over);
        using var idle = new IdleTimer(options.IdleTimeout, time, ends);
        var writer = response.BodyWriter;
        int count;
        do
        {
            count = await content.ReadAsync(writer.GetMemory(ChunkBytes), ends.Token);
            writer.Advance(count);
            idle.Arm();
            var flushed = await writer.FlushAsync(ends.Token);
            idle.Disarm();
            aborted.ThrowIfCancellationRequested();
            if (flushed.IsCompleted)
            {
                return;
            }
        }
        while (count > 0);
    }

    // A part carries the digests of the whole as those of its representation, and none of its own.
    private void WriteDigests(HttpContext context)
    {
        if (plan.Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        DigestHeaders.WriteReprDigest(context, blob.Digests);
        if (plan.Status == StatusCodes.Status200OK)
        {
            DigestHeaders.WriteContentDigest(context, blob.Digests);
        }
    }

    private void SetHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        headers.AcceptRanges = "bytes";
        headers.ETag = blob.ETag;
        headers.LastModified = blob.LastModified.ToString("R", CultureInfo.InvariantCulture);
        BrowserHeaders.Set(headers, blob.Properties, read);
        if (plan.Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        response.ContentLength = plan.Length;
        response.ContentType = BrowserHeaders.MediaType(blob.Properties.ContentType);
        headers.SetIfAny(HeaderNames.ContentEncoding, blob.Properties.ContentEncoding);
        headers.SetIfAny(HeaderNames.ContentLanguage, blob.Properties.ContentLanguage);
        foreach (var (name, value) in blob.Properties.Metadata)
        {
            headers.SetIfAny($"x-ms-meta-{name}", value);
        }

        if (plan.Status == StatusCodes.Status206PartialContent)
        {
            headers.ContentRange = string.Create(
                CultureInfo.InvariantCulture, $"bytes {plan.Offset}-{plan.Offset + plan.Length - 1}/{blob.Length}");
        }
    }
}
