namespace Sluice.Settings;

/// <summary>
/// Bytes at a fixed offset in the body. If they lie beyond the peek window, or beyond the end of the body, the condition does not match.
/// </summary>
public sealed class RouteMagicOptions
{
    /// <summary>Where the bytes start, in bytes from the start of the body. The default is 0.</summary>
    public int Offset { get; set; }

    /// <summary>
    /// The bytes in hexadecimal, two digits each, in upper or lower case, with or without spaces in between. Required. The last byte must
    /// lie within 64 KiB, the largest peek window. No default.
    /// </summary>
    public string? Hex { get; set; }
}
