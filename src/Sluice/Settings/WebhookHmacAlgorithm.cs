namespace Sluice.Settings;

/// <summary>The hash function of an HMAC (RFC 2104).</summary>
public enum WebhookHmacAlgorithm
{
    /// <summary>SHA-1. It is still secure as an HMAC; senders from before 2020 use it.</summary>
    Sha1,

    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-512.</summary>
    Sha512,
}
