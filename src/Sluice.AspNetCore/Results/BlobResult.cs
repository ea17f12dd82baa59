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
/// <param name="read">What is sent back.</param>
/// <param name="headers">How browsers may show it.</param>
/// <param name="body">How long a client may stop reading.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Logs a response that breaks off.</param>
/// <param name="over">Fires when this instance waits for responses no longer.</param>
internal sealed class BlobResult(
    BlobRead read, ReadOptions headers, BodyOptions body, TimeProvider time, ILogger logger, CancellationToken over) : IResult
{
    private const int ChunkBytes = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (blob, plan, content) = read;
        await using var opened = content;
        var response = httpContext.Response;
        response.StatusCode = plan.Status;
        SetHeaders(response, blob, plan);
        WriteDigests(httpContext, blob, plan);
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
        using var idle = new IdleTimer(body.IdleTimeout, time, ends);
        var writer = response.BodyWriter;
        int count;
        do
        {
            count = await content.ReadAsync(writer.GetMemory(ChunkBytes), ends.Token);
            writer.Advance(count);
            var flushed = await idle.WaitAsync(writer.FlushAsync(ends.Token));
            aborted.ThrowIfCancellationRequested();
            if (flushed.IsCompleted)
            {
                return;
            }
        }
        while (count > 0);
    }

    // A part carries the digests of the whole as those of its representation, and none of its own.
    private static void WriteDigests(HttpContext context, StoredBlob blob, ReadPlan plan)
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

    private void SetHeaders(HttpResponse response, StoredBlob blob, ReadPlan plan)
    {
        var fields = response.Headers;
        fields.AcceptRanges = "bytes";
        fields.ETag = blob.ETag;
        fields.LastModified = blob.LastModified.ToString("R", CultureInfo.InvariantCulture);
        BrowserHeaders.Set(fields, blob.Properties, headers);
        if (plan.Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        response.ContentLength = plan.Length;
        response.ContentType = BrowserHeaders.MediaType(blob.Properties.ContentType);
        fields.SetIfAny(HeaderNames.ContentEncoding, blob.Properties.ContentEncoding);
        fields.SetIfAny(HeaderNames.ContentLanguage, blob.Properties.ContentLanguage);
        foreach (var (name, value) in blob.Properties.Metadata)
        {
            fields.SetIfAny($"x-ms-meta-{name}", value);
        }

        if (plan.Status == StatusCodes.Status206PartialContent)
        {
            fields.ContentRange = string.Create(
                CultureInfo.InvariantCulture, $"bytes {plan.Offset}-{plan.Offset + plan.Length - 1}/{blob.Length}");
        }
    }
}
