using Sluice.Storage;

namespace Sluice.AspNetCore.Multipart;

/// <summary>
/// The text fields received so far: they are metadata of the files that follow. A field that can't be metadata is left out, and reported.
/// </summary>
internal sealed class FormFields
{
    /// <summary>The field with a prefix for the names of the files after it.</summary>
    public const string PrefixField = "prefix";

    // The sender's default charset (RFC 7578, section 4.6), which is always read as UTF-8 here.
    private const string CharsetField = "_charset_";

    private readonly string _prefix;
    private readonly IReadOnlyDictionary<string, string> _head;
    private readonly Dictionary<string, string> _texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _changed = [];
    private string _below = "";

    /// <param name="form">What the request head says about every file.</param>
    /// <param name="maxBytes">The most bytes that all fields together may have.</param>
    public FormFields(FormRequest form, int maxBytes)
    {
        _prefix = Slashed(form.Prefix);
        _head = form.Head.Properties.Metadata;
        BytesLeft = maxBytes;
    }

    /// <summary>How many bytes the remaining fields may have.</summary>
    public int BytesLeft { get; private set; }

    /// <summary>The prefix for the names of the files that follow.</summary>
    public string Prefix => _prefix + _below;

    /// <summary>The metadata of the files that follow: that of the request, then that of the fields.</summary>
    public IReadOnlyDictionary<string, string> Metadata
    {
        get
        {
            var metadata = new Dictionary<string, string>(_head, StringComparer.OrdinalIgnoreCase);
            foreach (var (name, text) in _texts)
            {
                var value = FieldMetadata.Value(text);
                metadata[name] = metadata.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
            }

            return metadata;
        }
    }

    /// <summary>The fields that have other names as metadata; null for one that was left out.</summary>
    public IReadOnlyDictionary<string, string?> Changed => _changed;

    /// <summary>Whether enough bytes are left for a field of that name, without its value.</summary>
    public bool TryTakeName(string field)
    {
        BytesLeft -= field.Length;
        return BytesLeft >= 0;
    }

    /// <summary>Whether there is a field of that name so far.</summary>
    public bool Has(string field) => _texts.ContainsKey(FieldMetadata.Name(field));

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
                AddMetadata(field, value.Trim(' ', '\t', '\r', '\n'));
                break;
        }
    }

    private void AddMetadata(string field, string value)
    {
        var name = FieldMetadata.Name(field);

        // A value in another charset would be kept as something else.
        if (name.Length == 0 || BlobMetadata.IsReserved(name) || value.Contains('\uFFFD', StringComparison.Ordinal))
        {
            _changed[field] = null;
        }
        else if (value.Length > 0)
        {
            _texts[name] = _texts.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
            if (name != field)
            {
                _changed[field] = name;
            }
        }
    }

    private static string Slashed(string prefix) => prefix.Length == 0 || prefix.EndsWith('/') ? prefix : $"{prefix}/";
}
