namespace Sluice.Settings;

/// <summary>
/// What a rule takes. All conditions that are given must hold; of a list, one entry is enough. In patterns <c>*</c> stands for any
/// characters, or none. Case counts, except in methods, in names of headers and in media types.
/// </summary>
public sealed class RouteConditionOptions
{
    /// <summary>The methods: <c>PUT</c>, <c>POST</c>. The default is empty: both.</summary>
    public IList<string> Methods { get; } = [];

    /// <summary>
    /// The path after <c>/api/ingest/</c>: <c>*</c> stands for characters of one part, <c>**</c> for characters of any number of parts
    /// (<c>invoices/**/*.pdf</c> takes <c>invoices/a.pdf</c> too). The default is null: any.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>Header names and the patterns of their values; <c>*</c> alone: the header is there. The default is empty: any.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Query parameters and the patterns of their values; <c>*</c> alone: the parameter is there. The default is empty: any.
    /// </summary>
    public IDictionary<string, string> Query { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Patterns of the media type in <c>Content-Type</c>, such as <c>image/*</c>. Parameters don't count, and a name that a type had before
    /// its registration is that type (<c>image/jpg</c>). The default is empty: any, or none.
    /// </summary>
    public IList<string> DeclaredType { get; } = [];

    /// <summary>
    /// Patterns of the media type that the first bytes of the body show. An empty body has none. The default is empty: any, or none.
    /// </summary>
    public IList<string> SniffedType { get; } = [];

    /// <summary>
    /// The smallest declared length of the body, in bytes. A body of unknown length (chunked) does not satisfy it, whatever its length
    /// turns out to be. The default is null: any, or unknown.
    /// </summary>
    public long? MinLength { get; set; }

    /// <summary>
    /// The largest declared length of the body, in bytes. A body of unknown length does not satisfy it. The default is null: any, or
    /// unknown.
    /// </summary>
    public long? MaxLength { get; set; }

    /// <summary>Bytes that the body must have, all of them. The default is empty.</summary>
    public IList<RouteMagicOptions> Magic { get; } = [];

    /// <summary>Values that the body, if it is JSON, must have, all of them. The default is empty.</summary>
    public IList<RouteJsonOptions> Json { get; } = [];
}
