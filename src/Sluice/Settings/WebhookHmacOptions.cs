namespace Sluice.Settings;

/// <summary>How a sender that is not one of the known ones signs: an HMAC, in a header.</summary>
public sealed class WebhookHmacOptions
{
    /// <summary>The header with the signature. Required.</summary>
    public string? Header { get; set; }

    /// <summary>What stands before the signature in the header, for instance <c>sha256=</c>. The default is nothing.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The hash. The default is <see cref="WebhookHmacAlgorithm.Sha256"/>.</summary>
    public WebhookHmacAlgorithm Algorithm { get; set; } = WebhookHmacAlgorithm.Sha256;

    /// <summary>How the signature is written: <see cref="WebhookEncoding.Hex"/>, the default, or <see cref="WebhookEncoding.Base64"/>.</summary>
    public WebhookEncoding Encoding { get; set; } = WebhookEncoding.Hex;

    /// <summary>What the secrets are: <see cref="WebhookEncoding.Text"/>, the default, or the bytes that hex or base64 stand for.</summary>
    public WebhookEncoding SecretEncoding { get; set; } = WebhookEncoding.Text;

    /// <summary>
    /// What is signed: text with <c>{timestamp}</c> and <c>{id}</c>, and <c>{body}</c> at its end. The default is <c>{body}</c>.
    /// <c>{id}</c> is the value of the source's <see cref="WebhookSourceOptions.IdHeader"/>.
    /// </summary>
    public string Template { get; set; } = "{body}";

    /// <summary>The header with the time of <c>{timestamp}</c>, in seconds since 1970. No default.</summary>
    public string? TimestampHeader { get; set; }
}
