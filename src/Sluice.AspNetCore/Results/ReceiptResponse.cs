using Sluice.Failures;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Results;

/// <summary>The receipt of a stored body.</summary>
/// <param name="Container">The container.</param>
/// <param name="Name">The blob's name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="MediaType">The declared, the detected and the stored media type.</param>
/// <param name="Blocks">The number of blocks; 0 if it was stored by a single Put Blob.</param>
/// <param name="ETag">Its entity tag.</param>
/// <param name="Digests">Its digests by algorithm, in base64.</param>
/// <param name="Downstream">The result of relaying the body, in a tee.</param>
/// <param name="Notified">The result of the notification.</param>
/// <param name="ElapsedMs">The duration of the upload, in milliseconds.</param>
internal sealed record ReceiptResponse(
    string Container,
    string Name,
    long Bytes,
    ReceiptMediaType MediaType,
    int Blocks,
    [property: System.Text.Json.Serialization.JsonPropertyName("etag")] string ETag,
    IReadOnlyDictionary<string, string> Digests,
    ReceiptDownstream? Downstream,
    ReceiptDownstream? Notified,
    long ElapsedMs)
{
    public static ReceiptResponse Of(Receipt receipt) => new(
        receipt.Container,
        receipt.Name,
        receipt.Bytes,
        new ReceiptMediaType(receipt.DeclaredMediaType, receipt.SniffedMediaType, receipt.StoredMediaType),
        receipt.Blocks,
        receipt.ETag,
        receipt.Digests,
        receipt.Downstream is { } downstream ? Of(downstream) : null,
        receipt.Notified is { } notified ? Of(notified) : null,
        receipt.ElapsedMilliseconds);

    private static ReceiptDownstream Of(DownstreamReceipt service) =>
        new(service.Target, service.Status, service.Failure is { } failure ? FailureTable.Of(failure.Kind).Type : null);
}
