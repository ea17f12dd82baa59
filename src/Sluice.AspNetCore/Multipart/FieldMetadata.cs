using System.Buffers;

namespace Sluice.AspNetCore.Multipart;

/// <summary>
/// How a text field of a form becomes metadata of a blob, which has names that are C# identifiers and values of printable ASCII
/// (<see cref="Storage.BlobMetadata"/>).
/// </summary>
internal static class FieldMetadata
{
    // RFC 8187, section 3.2.1.
    private const string Encoded = "UTF-8''";

    private static readonly SearchValues<char> _printable =
        SearchValues.Create([.. Enumerable.Range(' ', 95).Select(static c => (char)c)]);

    /// <summary>
    /// The metadata name: every character that it can't have becomes <c>_</c>. A name that begins with a digit gets a <c>_</c> in front.
    /// </summary>
    public static string Name(string field)
    {
        var name = string.Concat(field.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return char.IsAsciiDigit(name.FirstOrDefault()) ? $"_{name}" : name;
    }

    /// <summary>The metadata value: as it is if it is printable ASCII; otherwise percent-encoded (RFC 8187).</summary>
    public static string Value(string value) =>
        value.AsSpan().ContainsAnyExcept(_printable) || value.StartsWith(Encoded, StringComparison.Ordinal)
            ? Encoded + Uri.EscapeDataString(value)
            : value;
}
