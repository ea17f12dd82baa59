namespace Sluice.Settings;

/// <summary>How a sender signs with a private key. The source's <c>Secrets</c> are its public keys.</summary>
public sealed class WebhookPublicKeyOptions : WebhookSignatureOptions
{
    /// <summary>The algorithm. The default is <see cref="WebhookPublicKeyAlgorithm.Ed25519"/>.</summary>
    public WebhookPublicKeyAlgorithm Algorithm { get; set; } = WebhookPublicKeyAlgorithm.Ed25519;
}
