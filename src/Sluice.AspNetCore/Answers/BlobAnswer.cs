using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Requests;
using Sluice.Sinks.Blob;

namespace Sluice.AspNetCore.Answers;

/// <summary>A stored blob, or a part of it, streamed back with all that is stored beside it.</summary>
internal sealed class BlobAnswer(StoredBlob blob, ReadPlan plan, Stream? content) : IResult
{
    private const int ChunkBytes = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = plan.Status;
        SetHeaders(response);
        if (content is null)
        {
            return;
        }

        await using (content)
        {
            try
            {
                await CopyAsync(content, response, httpContext.RequestAborted);
            }
            catch (Exception)
            {
                // Half an answer is out: only a broken connection tells the client so.
                httpContext.Abort();
            }
        }
    }

    private static async Task CopyAsync(Stream content, HttpResponse response, CancellationToken aborted)
    {
        var writer = response.BodyWriter;
        int count;
        do
        {
            count = await content.ReadAsync(writer.GetMemory(ChunkBytes), aborted);
            writer.Advance(count);
            await writer.FlushAsync(aborted);
        }
        while (count > 0);
    }

    private void SetHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        headers.AcceptRanges = "bytes";
        headers.ETag = blob.ETag;
        headers.LastModified = blob.LastModified.ToString("R", CultureInfo.InvariantCulture);
        headers.CacheControl = blob.Properties.CacheControl;
        if (plan.Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        response.ContentLength = plan.Length;
        response.ContentType = blob.Properties.ContentType;
        headers.ContentEncoding = blob.Properties.ContentEncoding;
        headers.ContentLanguage = blob.Properties.ContentLanguage;
        headers.ContentDisposition = blob.Properties.ContentDisposition;
        // A stored page must not become a script of this origin by a browser's own sniffing.
        headers.XContentTypeOptions = "nosniff";
        if (blob.Sha256 is not null)
        {
            headers["Repr-Digest"] = $"sha-256=:{blob.Sha256}:";
        }

        foreach (var (name, value) in blob.Properties.Metadata)
        {
            headers[$"x-ms-meta-{name}"] = value;
        }

        if (plan.Status == StatusCodes.Status206PartialContent)
        {
            headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {plan.Offset}-{plan.Offset + plan.Length - 1}/{blob.Length}");
        }
    }
}
