namespace Sluice.Settings;

/// <summary>How a sender signs its requests by HTTP Message Signatures (RFC 9421).</summary>
public sealed class WebhookHttpMessageSignaturesOptions
{
    /// <summary>The algorithm of the keys in <c>Secrets</c>. Required. No default.</summary>
    public WebhookMessageAlgorithm? Algorithm { get; set; }

    /// <summary>
    /// The components that a signature has to cover, beside <c>content-digest</c>: names of headers, or derived components such as
    /// <c>@method</c> (RFC 9421, section 2.2). The default is none. Without <c>@target-uri</c> or <c>@path</c>, a delivery to another
    /// address that is signed with the same key is accepted here too.
    /// </summary>
    public IList<string> Components { get; } = [];

    /// <summary>
    /// The address of this source as the sender calls it, without a query: an absolute URL. Components such as <c>@authority</c> are taken
    /// from it, which is necessary behind a proxy that changes them. The default is null: they are those of the request.
    /// </summary>
    public string? Address { get; set; }
}
