namespace Sluice.AspNetCore.Multipart;

/// <summary>
/// The text fields that came so far: metadata of the files that come after them. Whether they can be metadata is asked when there is a file
/// that they would belong to.
/// </summary>
internal sealed class FormFields
{
    private const string PrefixField = "prefix";

    // The sender's default charset (RFC 7578, section 4.6), which is UTF-8 here whatever it says.
    private const string CharsetField = "_charset_";

    private readonly string _prefix;
    private readonly Dictionary<string, string> _metadata;
    private string _below = "";

    /// <param name="form">What the head of the request says of every file.</param>
    /// <param name="maxBytes">How much all fields together may take.</param>
    public FormFields(FormRequest form, int maxBytes)
    {
        _prefix = Slashed(form.Prefix);
        _metadata = new Dictionary<string, string>(form.Head.Properties.Metadata, StringComparer.OrdinalIgnoreCase);
        BytesLeft = maxBytes;
    }

    /// <summary>How many bytes the fields that follow may have.</summary>
    public int BytesLeft { get; private set; }

    /// <summary>What the names of the files that follow begin with.</summary>
    public string Prefix => _prefix + _below;

    /// <summary>The metadata of the files that follow.</summary>
    public IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>(_metadata);

    /// <summary>Whether the bytes are left that a field of that name takes, without its value.</summary>
    public bool TryTakeName(string field)
    {
        BytesLeft -= field.Length;
        return BytesLeft >= 0;
    }

    /// <summary>One more. Of several prefixes the last one counts; several values of any other name are joined, as those of a header are.</summary>
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
