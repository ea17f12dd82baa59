using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Answers;

/// <summary>201 with the receipt.</summary>
internal sealed class StoredAnswer(Receipt receipt) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status201Created;
        response.Headers.Location = LocationOf(httpContext.Request);
        response.Headers.ETag = receipt.ETag;
        response.Headers.LastModified = receipt.LastModified.ToString("R", CultureInfo.InvariantCulture);
        DigestAnswer.TellStored(httpContext, receipt.Digests);
        var body = new ReceiptBody(
            receipt.Container,
            receipt.Name,
            receipt.Bytes,
            new ReceiptMediaType(receipt.DeclaredMediaType, receipt.SniffedMediaType, receipt.StoredMediaType),
            receipt.Blocks,
            receipt.ETag,
            receipt.Digests,
            Of(receipt.Downstream),
            Of(receipt.Notified),
            receipt.ElapsedMilliseconds);
        return JsonAnswer.WriteAsync(response, body, AnswerJson.Readable.ReceiptBody);
    }

    private static ReceiptDownstream? Of(DownstreamReceipt? service) => service is null
        ? null
        : new ReceiptDownstream(service.Target, service.Status, service.Failure is { } failure ? ProblemCatalog.For(failure.Kind).Type : null);

    // Not PathString.ToUriComponent: it takes "%20" in a name for an encoded space, and leaves it as it is.
    private string LocationOf(HttpRequest request) => string.Join(
        '/', $"{request.PathBase}/{SluiceRoutes.Prefix}/blobs/{receipt.Container}/{receipt.Name}".Split('/').Select(Uri.EscapeDataString));
}
