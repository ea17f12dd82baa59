namespace Sluice.Settings;

/// <summary>How a sender signs with an HMAC (RFC 2104).</summary>
public sealed class WebhookHmacOptions : WebhookSignatureOptions
{
    /// <summary>The hash function. The default is <see cref="WebhookHmacAlgorithm.Sha256"/>.</summary>
    public WebhookHmacAlgorithm Algorithm { get; set; } = WebhookHmacAlgorithm.Sha256;

    /// <summary>
    /// How the secrets are encoded: <see cref="WebhookEncoding.Text"/>, the default, or as hex or base64, which are decoded to bytes.
    /// </summary>
    public WebhookEncoding SecretEncoding { get; set; } = WebhookEncoding.Text;
}
