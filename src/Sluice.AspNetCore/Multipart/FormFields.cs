namespace Sluice.AspNetCore.Multipart;

/// <summary>
/// The text fields received so far: they are metadata of the files that follow. They are validated as metadata only when a file follows
/// that they would belong to.
/// </summary>
internal sealed class FormFields
{
    private const string PrefixField = "prefix";

    // The sender's default charset (RFC 7578, section 4.6), which is always read as UTF-8 here.
    private const string CharsetField = "_charset_";

    private readonly string _prefix;
    private readonly Dictionary<string, string> _metadata;
    private string _below = "";

    /// <param name="form">What the request head says about every file.</param>
    /// <param name="maxBytes">The most bytes that all fields together may have.</param>
    public FormFields(FormRequest form, int maxBytes)
    {
        _prefix = Slashed(form.Prefix);
        _metadata = new Dictionary<string, string>(form.Head.Properties.Metadata, StringComparer.OrdinalIgnoreCase);
        BytesLeft = maxBytes;
    }

    /// <summary>How many bytes the remaining fields may have.</summary>
    public int BytesLeft { get; private set; }

    /// <summary>The prefix for the names of the files that follow.</summary>
    public string Prefix => _prefix + _below;

    /// <summary>The metadata of the files that follow.</summary>
    public IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>(_metadata, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether enough bytes are left for a field of that name, without its value.</summary>
    public bool TryTakeName(string field)
    {
        BytesLeft -= field.Length;
        return BytesLeft >= 0;
    }

    /// <summary>
    /// Adds a field. Of several prefixes the last one counts; several values of any other name are joined, like those of a header.
    /// </summary>
    public void Add(string field, string value)
    {
        BytesLeft -= System.Text.Encoding.UTF8.GetByteCount(value);
        switch (field)
        {
            case PrefixField:
                _below = Slashed(value);
                break;
            case CharsetField:
                break;
            default:
                _metadata[field] = _metadata.TryGetValue(field, out var before) ? $"{before}, {value}" : value;
                break;
        }
    }

    private static string Slashed(string prefix) => prefix.Length == 0 || prefix.EndsWith('/') ? prefix : $"{prefix}/";
}
