namespace Sluice.Settings;

/// <summary>Which HTTP a target is spoken to in.</summary>
public enum RelayHttpVersion
{
    /// <summary>HTTP/2 where TLS negotiates it (RFC 9113, section 3.2), else HTTP/1.1.</summary>
    Negotiate,

    /// <summary>HTTP/1.1 always.</summary>
    Http11,

    /// <summary>HTTP/2 always; without TLS by prior knowledge (h2c; RFC 9113, section 3.3).</summary>
    Http2,
}
