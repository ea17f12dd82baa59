namespace Sluice.Settings;

/// <summary>Which HTTP version is used for a target.</summary>
public enum RelayHttpVersion
{
    /// <summary>HTTP/2 if TLS negotiates it (RFC 9113, section 3.2), otherwise HTTP/1.1.</summary>
    Negotiate,

    /// <summary>Always HTTP/1.1.</summary>
    Http11,

    /// <summary>Always HTTP/2; without TLS, with prior knowledge (h2c; RFC 9113, section 3.3).</summary>
    Http2,
}
