namespace Sluice.Settings;

/// <summary>The body becomes a blob.</summary>
public sealed class RouteStoreOptions
{
    /// <summary>The container, one of <c>Sluice:Blob:Containers</c>. Required. No default.</summary>
    public string? Container { get; set; }

    /// <summary>
    /// The blob's name, with parts in braces: <c>{path}</c> (the path after <c>/api/ingest/</c>, slashes kept), <c>{date:FORMAT}</c> (now,
    /// in UTC, in a .NET custom format such as <c>yyyy/MM/dd</c>, slashes kept), <c>{id}</c> (the upload's own, 32 hex digits),
    /// <c>{sha256}</c> (of the body in hex; only if the whole body lies within the peek window), <c>{json:/pointer}</c> (RFC 6901) and
    /// <c>{header:X}</c>. <c>{{</c> and <c>}}</c> stand for braces. The default is <c>{path}</c>.
    /// </summary>
    /// <remarks>
    /// Of values that the sender chooses, other than the path, whatever could start a new part of the name becomes <c>_</c>, and at most
    /// 200 characters are kept. A value that is missing, empty, null or beyond the peek window fails the request with 422.
    /// </remarks>
    public string Name { get; set; } = "{path}";
}
