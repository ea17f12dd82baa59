using System.Buffers.Text;
using System.Text;
using Sluice.MediaTypes;

namespace Sluice.AspNetCore.Resumable;

/// <summary><c>Upload-Metadata</c> of tus (Creation): pairs of a key and a value in base64.</summary>
internal sealed class UploadMetadata
{
    private readonly Dictionary<string, string> _pairs;

    private UploadMetadata(Dictionary<string, string> pairs) => _pairs = pairs;

    /// <summary>The file name that the client declared.</summary>
    public string? FileName => Value("filename") ?? Value("name");

    /// <summary>Its SHA-256 in hexadecimal, if the client declares it.</summary>
    public string? Sha256 => Value("sha256");

    /// <summary>Its media type; an invalid one is left out.</summary>
    public string? ContentType => MediaTypeField.Parse(Value("filetype") ?? Value("type"));

    /// <summary>Parses the field; false if it is malformed.</summary>
    public static bool TryRead(string? field, out UploadMetadata metadata)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        metadata = new UploadMetadata(pairs);
        foreach (var pair in (field ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (pair.Length == 0 && string.IsNullOrWhiteSpace(field))
            {
                break;
            }

            var (key, value) = pair.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space
                ? (pair[..space], pair[(space + 1)..].Trim())
                : (pair, "");
            // Base64.IsValid ignores blanks.
            if (key.Length == 0 || !key.All(char.IsAscii) || value.Any(char.IsWhiteSpace) || !Base64.IsValid(value)
                || !pairs.TryAdd(key, Encoding.UTF8.GetString(Convert.FromBase64String(value))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The pairs that can be blob metadata: keys that are identifiers, values that are printable ASCII. The rest is returned to requests
    /// for the upload, but not stored.
    /// </summary>
    public Dictionary<string, string> OfBlob() => _pairs
        .Where(static pair => pair.Value.Length > 0
            && (pair.Key[0] == '_' || char.IsAsciiLetter(pair.Key[0]))
            && pair.Key.All(static c => c == '_' || char.IsAsciiLetterOrDigit(c))
            && pair.Value.All(static c => c is >= ' ' and <= '~'))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    private string? Value(string key) => _pairs.TryGetValue(key, out var value) && value.Length > 0 ? value : null;
}
