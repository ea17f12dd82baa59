namespace Sluice.Settings;

/// <summary>Where the signature of a delivery is, and what text it signs.</summary>
public abstract class WebhookSignatureOptions
{
    private protected WebhookSignatureOptions()
    {
    }

    /// <summary>
    /// The header that contains the signature. Required. Several headers are separated by commas; then a valid signature in one of them
    /// is enough.
    /// </summary>
    public string? Header { get; set; }

    /// <summary>
    /// The name of the fields that contain a signature, if the header is a list of fields such as <c>t=1767225600,v1=5257a8</c>. Other
    /// fields are ignored. The default is null: the whole header is one signature.
    /// </summary>
    public string? SignatureField { get; set; }

    /// <summary>
    /// The name of the field that contains the <c>{timestamp}</c>, if it is in the same header as the signature. No default.
    /// </summary>
    public string? TimestampField { get; set; }

    /// <summary>The character between two fields. The default is a comma.</summary>
    public string FieldSeparator { get; set; } = ",";

    /// <summary>The text before the signature, for instance <c>sha256=</c>. The default is nothing.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>
    /// How the signature is encoded: <see cref="WebhookEncoding.Hex"/>, the default, or <see cref="WebhookEncoding.Base64"/>.
    /// </summary>
    public WebhookEncoding Encoding { get; set; } = WebhookEncoding.Hex;

    /// <summary>
    /// The signed text: a template with <c>{body}</c>, and with <c>{timestamp}</c> and <c>{id}</c> if they are signed too. A URL that the
    /// sender signs is written into it as it was entered at the sender. The default is <c>{body}</c>. <c>{id}</c> is the value of the
    /// source's <see cref="WebhookSourceOptions.IdHeader"/>.
    /// </summary>
    public string Template { get; set; } = "{body}";

    /// <summary>The header that contains the <c>{timestamp}</c>, if it has one of its own. No default.</summary>
    public string? TimestampHeader { get; set; }

    /// <summary>How the timestamp is written. The default is <see cref="WebhookTimestampFormat.Seconds"/>.</summary>
    public WebhookTimestampFormat TimestampFormat { get; set; } = WebhookTimestampFormat.Seconds;
}
