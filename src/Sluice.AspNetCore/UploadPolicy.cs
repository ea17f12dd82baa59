using Sluice.Settings;

namespace Sluice.AspNetCore;

/// <summary>Restricts one upload, in code. The policy adds to the configured limits and can't exceed them.</summary>
public sealed record UploadPolicy
{
    /// <summary>
    /// The largest body, in bytes. A larger one is refused with 413, before its first byte if it declares its length. The default is null:
    /// as configured.
    /// </summary>
    public long? MaxBytes { get; init; }

    /// <summary>
    /// The accepted media types, both declared and detected from the first bytes; others are refused with 415. The default is null: any.
    /// </summary>
    public MediaTypePolicyOptions? MediaTypes { get; init; }

    /// <summary>
    /// Whether a blob that exists is never replaced: the upload is then refused with 412, as if the request had <c>If-None-Match: *</c>. A
    /// request that has <c>If-Match</c> is then always refused. The default is false: the request's own conditions decide.
    /// </summary>
    public bool CreateOnly { get; init; }

    /// <summary>
    /// Metadata to store with the blob, in addition to the request's <c>x-ms-meta-</c> headers; it overrides headers of the same name.
    /// Names are C# identifiers, values printable ASCII, 8 KiB in all. The default is none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// What storage does with the blob: tier, index tags, deletion, immutability. It wins over the request's headers, rules and the
    /// container's own, but lifts no hold and shortens no immutability. Tags have no templates here, except <c>{mediaType}</c> and
    /// <c>{sha256}</c>. The default is null: nothing.
    /// </summary>
    public BlobFeatureOptions? Features { get; init; }
}
