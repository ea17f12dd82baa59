namespace Sluice.Settings;

/// <summary>How a sender writes the time at which it signed a delivery.</summary>
public enum WebhookTimestampFormat
{
    /// <summary>Seconds since 1970-01-01T00:00:00Z, in decimal digits.</summary>
    Seconds,

    /// <summary>Milliseconds since then, in decimal digits.</summary>
    Milliseconds,

    /// <summary>A date and time with <c>Z</c> or an offset, such as <c>2026-01-01T00:00:00Z</c> (RFC 3339, section 5.6).</summary>
    Iso8601,

    /// <summary>A date as HTTP writes it, such as <c>Thu, 01 Jan 2026 00:00:00 GMT</c> (RFC 9110, section 5.6.7, IMF-fixdate).</summary>
    HttpDate,
}
