namespace Sluice.Settings;

/// <summary>How a sender without a built-in scheme signs: with an HMAC in a header.</summary>
public sealed class WebhookHmacOptions
{
    /// <summary>The header that contains the signature. Required.</summary>
    public string? Header { get; set; }

    /// <summary>The text before the signature in the header, for instance <c>sha256=</c>. The default is nothing.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The hash function. The default is <see cref="WebhookHmacAlgorithm.Sha256"/>.</summary>
    public WebhookHmacAlgorithm Algorithm { get; set; } = WebhookHmacAlgorithm.Sha256;

    /// <summary>
    /// How the signature is encoded: <see cref="WebhookEncoding.Hex"/>, the default, or <see cref="WebhookEncoding.Base64"/>.
    /// </summary>
    public WebhookEncoding Encoding { get; set; } = WebhookEncoding.Hex;

    /// <summary>
    /// How the secrets are encoded: <see cref="WebhookEncoding.Text"/>, the default, or as hex or base64, which are decoded to bytes.
    /// </summary>
    public WebhookEncoding SecretEncoding { get; set; } = WebhookEncoding.Text;

    /// <summary>
    /// The signed text: a template with <c>{timestamp}</c> and <c>{id}</c>, and <c>{body}</c> at its end. The default is <c>{body}</c>.
    /// <c>{id}</c> is the value of the source's <see cref="WebhookSourceOptions.IdHeader"/>.
    /// </summary>
    public string Template { get; set; } = "{body}";

    /// <summary>The header that contains the <c>{timestamp}</c>, in seconds since 1970. No default.</summary>
    public string? TimestampHeader { get; set; }
}
