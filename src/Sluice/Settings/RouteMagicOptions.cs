namespace Sluice.Settings;

/// <summary>Bytes at a place in the body. Where they lie beyond the peek window, or beyond the end of the body, they don't hold.</summary>
public sealed class RouteMagicOptions
{
    /// <summary>Where the bytes begin, in bytes from the beginning of the body. The default is 0.</summary>
    public int Offset { get; set; }

    /// <summary>
    /// The bytes in hexadecimal, two digits each, in any case, with or without spaces between. Required; the last must lie within 64 KiB,
    /// the largest peek window. No default.
    /// </summary>
    public string? Hex { get; set; }
}
