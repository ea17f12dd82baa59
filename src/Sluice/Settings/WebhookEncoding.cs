namespace Sluice.Settings;

/// <summary>How bytes are encoded as text.</summary>
public enum WebhookEncoding
{
    /// <summary>Plain text, in UTF-8.</summary>
    Text,

    /// <summary>Two hexadecimal digits for each byte, in upper or lower case (RFC 4648, section 8).</summary>
    Hex,

    /// <summary>Base64 with padding (RFC 4648, section 4).</summary>
    Base64,
}
