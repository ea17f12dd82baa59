namespace Sluice.Settings;

/// <summary>How a sender signs with a private key.</summary>
public enum WebhookPublicKeyAlgorithm
{
    /// <summary>Ed25519 (RFC 8032). The body is kept until it is verified, up to 64,000 bytes.</summary>
    Ed25519,

    /// <summary>ECDSA over SHA-256, the signature in DER (RFC 3279, section 2.2.3).</summary>
    EcdsaSha256,

    /// <summary>RSASSA-PKCS1-v1_5 over SHA-256 (RFC 8017, section 8.2), with a key of at least 2048 bits.</summary>
    RsaSha256,
}
