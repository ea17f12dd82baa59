namespace Sluice.Settings;

/// <summary>A signature algorithm of RFC 9421, section 3.3. <c>Secrets</c> are the shared secrets or the public keys.</summary>
public enum WebhookMessageAlgorithm
{
    /// <summary><c>hmac-sha256</c> (section 3.3.3). The secrets are shared, in base64.</summary>
    HmacSha256,

    /// <summary><c>ed25519</c> (section 3.3.6).</summary>
    Ed25519,

    /// <summary><c>ecdsa-p256-sha256</c> (section 3.3.4).</summary>
    EcdsaP256Sha256,

    /// <summary><c>ecdsa-p384-sha384</c> (section 3.3.5).</summary>
    EcdsaP384Sha384,

    /// <summary><c>rsa-v1_5-sha256</c> (section 3.3.2), with a key of at least 2048 bits.</summary>
    RsaV15Sha256,

    /// <summary><c>rsa-pss-sha512</c> (section 3.3.1), with a key of at least 2048 bits.</summary>
    RsaPssSha512,
}
