namespace Sluice.Peek;

/// <summary>
/// The signatures that are checked before all others: the two tables of section 7.1, in their order.
/// </summary>
/// <remarks>https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type</remarks>
internal static class TextSignatures
{
    /// <summary>The rows; the first match wins.</summary>
    public static ReadOnlySpan<Signature> Rows => Table;

    private static readonly Signature[] Table =
    [
        // Scriptable types: after white space, in any case, up to a tag-terminating byte.
        Tag("<!DOCTYPE HTML"u8),
        Tag("<HTML"u8),
        Tag("<HEAD"u8),
        Tag("<SCRIPT"u8),
        Tag("<IFRAME"u8),
        Tag("<H1"u8),
        Tag("<DIV"u8),
        Tag("<FONT"u8),
        Tag("<TABLE"u8),
        Tag("<A"u8),
        Tag("<STYLE"u8),
        Tag("<TITLE"u8),
        Tag("<B"u8),
        Tag("<BODY"u8),
        Tag("<BR"u8),
        Tag("<P"u8),
        Tag("<!--"u8),
        new("<?xml"u8, "text/xml") { IgnoresWhitespace = true },
        new("%PDF-"u8, "application/pdf"),

        // Types that no browser runs.
        new("%!PS-Adobe-"u8, "application/postscript"),
        new([0xFE, 0xFF], TextSniffer.MediaType),       // UTF-16BE, in the two bytes of section 7.2: section 7.1 asks for four, any four
        new([0xFF, 0xFE], TextSniffer.MediaType),       // UTF-16LE
        new([0xEF, 0xBB, 0xBF], TextSniffer.MediaType), // UTF-8

        // Rich Text Format 1.9, "Header". It is text, and would otherwise be reported as plain.
        new("{\\rtf"u8, "application/rtf"),
    ];

    private static Signature Tag(ReadOnlySpan<byte> upperCaseTag)
    {
        Span<byte> mask = stackalloc byte[upperCaseTag.Length];
        for (var i = 0; i < mask.Length; i++)
            mask[i] = char.IsAsciiLetterUpper((char)upperCaseTag[i]) ? (byte)0xDF : (byte)0xFF;
        return new(upperCaseTag, mask, "text/html") { IgnoresWhitespace = true, EndsTag = true };
    }
}
