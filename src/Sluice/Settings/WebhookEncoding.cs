namespace Sluice.Settings;

/// <summary>How bytes are written.</summary>
public enum WebhookEncoding
{
    /// <summary>As they are, in UTF-8.</summary>
    Text,

    /// <summary>Two hexadecimal digits each, of either case (RFC 4648, section 8).</summary>
    Hex,

    /// <summary>With padding (RFC 4648, section 4).</summary>
    Base64,
}
