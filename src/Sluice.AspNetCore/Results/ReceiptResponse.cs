using Sluice.Failures;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Results;

/// <summary>The receipt as it is sent.</summary>
/// <param name="Container">The container.</param>
/// <param name="Name">The blob's name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="MediaType">What was declared, what was seen, what is stored.</param>
/// <param name="Blocks">Of how many blocks it is made; 0 when one Put Blob took it.</param>
/// <param name="ETag">Its entity tag.</param>
/// <param name="Digests">Its digests by algorithm, in base64.</param>
/// <param name="Downstream">The other half of a tee.</param>
/// <param name="Notified">Who was told of it.</param>
/// <param name="ElapsedMs">How long it took.</param>
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
        Of(receipt.Downstream),
        Of(receipt.Notified),
        receipt.ElapsedMilliseconds);

    private static ReceiptDownstream? Of(DownstreamReceipt? service) => service is null
        ? null
        : new ReceiptDownstream(service.Target, service.Status, service.Failure is { } failure ? FailureTable.Of(failure.Kind).Type : null);
}
