namespace Sluice.Settings;

/// <summary>
/// Which requests a rule matches. All specified conditions must hold; if a condition is a list, one matching entry is enough. In patterns,
/// <c>*</c> matches any characters, or none. Patterns are case-sensitive, except for methods, header names and media types.
/// </summary>
public sealed class RouteConditionOptions
{
    /// <summary>The methods: <c>PUT</c>, <c>POST</c>. The default is empty: both.</summary>
    public IList<string> Methods { get; } = [];

    /// <summary>
    /// The path after <c>/api/ingest/</c>: <c>*</c> matches characters within one segment, <c>**</c> matches characters across any number
    /// of segments (<c>invoices/**/*.pdf</c> also matches <c>invoices/a.pdf</c>). The default is null: any.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>Header names and the patterns of their values; <c>*</c> alone: the header is present. The default is empty: any.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Query parameters and the patterns of their values; <c>*</c> alone: the parameter is present. The default is empty: any.
    /// </summary>
    public IDictionary<string, string> Query { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Patterns of the media type in <c>Content-Type</c>, such as <c>image/*</c>. Parameters are ignored. An unregistered alias counts as
    /// the registered type (<c>image/jpg</c>). The default is empty: any, or none.
    /// </summary>
    public IList<string> DeclaredType { get; } = [];

    /// <summary>
    /// Patterns of the media type that is detected from the first bytes of the body. An empty body has none. The default is empty: any, or
    /// none.
    /// </summary>
    public IList<string> SniffedType { get; } = [];

    /// <summary>
    /// The smallest declared length of the body, in bytes. A body of unknown length (chunked) does not match, whatever its actual length.
    /// The default is null: any, or unknown.
    /// </summary>
    public long? MinLength { get; set; }

    /// <summary>
    /// The largest declared length of the body, in bytes. A body of unknown length does not match. The default is null: any, or unknown.
    /// </summary>
    public long? MaxLength { get; set; }

    /// <summary>Byte sequences that the body must contain, all of them. The default is empty.</summary>
    public IList<RouteMagicOptions> Magic { get; } = [];

    /// <summary>Values that a JSON body must contain, all of them. The default is empty.</summary>
    public IList<RouteJsonOptions> Json { get; } = [];
}
