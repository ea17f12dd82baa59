namespace Sluice.Peek;

/// <summary>
/// One row of a signature table: a byte pattern, its mask, the leading bytes it ignores and the media type it names.
/// </summary>
/// <remarks>https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern (section 6)</remarks>
internal sealed class Signature
{
    private readonly byte[] pattern;
    private readonly byte[] mask;

    /// <summary>A pattern in which every byte is significant.</summary>
    public Signature(ReadOnlySpan<byte> pattern, string mediaType)
        : this(pattern, mask: [], mediaType)
    {
    }

    /// <summary>
    /// A pattern whose bytes are compared under a mask: 0xFF is significant, 0xDF is significant except for the case of a letter, 0x00
    /// matches any byte.
    /// </summary>
    /// <param name="pattern">The bytes to find; zero where the mask is.</param>
    /// <param name="mask">The mask of the first bytes. Bytes beyond the mask are significant.</param>
    /// <param name="mediaType">The media type that a match names.</param>
    public Signature(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> mask, string mediaType)
    {
        this.pattern = pattern.ToArray();
        this.mask = new byte[pattern.Length];
        Array.Fill(this.mask, (byte)0xFF);
        mask.CopyTo(this.mask);
        MediaType = mediaType;
    }

    /// <summary>The media type that a match names.</summary>
    public string MediaType { get; }

    /// <summary>Whether white space before the pattern is ignored. The default is no.</summary>
    public bool IgnoresWhitespace { get; init; }

    /// <summary>
    /// Whether the pattern is a tag, so that a tag-terminating byte (space or &gt;, the standard's 0xTT) must follow. The default is no.
    /// </summary>
    public bool EndsTag { get; init; }

    /// <summary>
    /// Whether the row counts only if the header has a binary data byte. The default is no. For patterns that words may begin with: a
    /// report that opens with "BMI" is not a bitmap, while every real bitmap has zeros in its header.
    /// </summary>
    public bool OnlyInBinary { get; init; }

    /// <summary>The pattern matching algorithm of section 6.</summary>
    public bool Matches(ReadOnlySpan<byte> header)
    {
        if (IgnoresWhitespace) header = TextSniffer.SkipWhitespace(header);
        if (header.Length < pattern.Length + (EndsTag ? 1 : 0)) return false;

        for (var i = 0; i < pattern.Length; i++)
        {
            if ((header[i] & mask[i]) != pattern[i]) return false;
        }

        return !EndsTag || header[pattern.Length] is (byte)' ' or (byte)'>';
    }
}
