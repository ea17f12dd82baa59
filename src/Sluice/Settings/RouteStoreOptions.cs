namespace Sluice.Settings;

/// <summary>Stores the body as a blob.</summary>
public sealed class RouteStoreOptions
{
    /// <summary>The container, one of <c>Sluice:Blob:Containers</c> or <c>Sluice:Blob:Aliases</c>. Required. No default.</summary>
    public string? Container { get; set; }

    /// <summary>
    /// The blob's name, with placeholders in braces: <c>{path}</c> (the path after <c>/api/ingest/</c>, slashes kept), <c>{date:FORMAT}</c>
    /// (now, in UTC, in a .NET custom format such as <c>yyyy/MM/dd</c>, slashes kept), <c>{id}</c> (the upload's own, 32 hex digits),
    /// <c>{sha256}</c> (of the body in hex; only if the whole body lies within the peek window), <c>{json:/pointer}</c> (RFC 6901) and
    /// <c>{header:X}</c>. <c>{{</c> and <c>}}</c> are literal braces. The default is <c>{path}</c>.
    /// </summary>
    /// <remarks>
    /// In values that the sender chooses, other than the path, any character that could start a new part of the name becomes <c>_</c>, and
    /// at most 200 characters are kept. If a value is missing, empty, null or beyond the peek window, the request fails with 422.
    /// </remarks>
    public string Name { get; set; } = "{path}";

    /// <summary>
    /// What storage does with the blob: tier, index tags, deletion, immutability. It wins over the client's headers and the container's
    /// own. The default is null: nothing.
    /// </summary>
    public BlobFeatureOptions? Features { get; set; }
}
