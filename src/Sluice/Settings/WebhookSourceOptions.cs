namespace Sluice.Settings;

/// <summary>One sender of webhooks (<c>Sluice:Hooks:Sources:{name}</c>).</summary>
public sealed class WebhookSourceOptions
{
    /// <summary>
    /// How its deliveries are signed: <c>standard-webhooks</c>, <c>svix</c>, <c>github</c>, <c>stripe</c>, <c>slack</c>, <c>shopify</c>,
    /// <c>cloudevents</c>, <c>http-message-signatures</c>, <c>hmac</c> or <c>public-key</c> (which <see cref="Hmac"/> and
    /// <see cref="PublicKey"/> describe), or <c>none</c>, which must be set explicitly. Required.
    /// </summary>
    public string? Scheme { get; set; }

    /// <summary>Whether its deliveries are accepted. The default is true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The secrets, as the sender displays them; at most 8. A delivery signed with any of them is accepted. To rotate a secret, add the new
    /// one, and remove the old one after the sender has switched. For <c>standard-webhooks</c> and <c>svix</c> they are <c>whsec_…</c> or
    /// the public key <c>whpk_…</c>; for <c>cloudevents</c> they are the bearer tokens; for <c>public-key</c> and
    /// <c>http-message-signatures</c> they are public keys, in base64 or PEM. No default.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>
    /// The blob that a delivery is stored as. It is written once, by the first delivery (<c>If-None-Match: *</c>). <c>{path}</c> in its
    /// name is <c>source/id</c>. If the name also contains <c>{date:...}</c>, a delivery that is sent again on another day has another name
    /// and counts as new. No default.
    /// </summary>
    public RouteStoreOptions? Store { get; set; }

    /// <summary>The downstream service that receives the delivery, with the sender's own headers. No default.</summary>
    public RouteRelayOptions? Relay { get; set; }

    /// <summary>
    /// The services that get the stored body later, from the blob, with the headers of the request: each until it responds with 2xx, or for
    /// <c>Sluice:Events:MaxAge</c>. Requires <see cref="Store"/>, and the package <c>Sluice.Events</c>. At most 8. The default is none.
    /// </summary>
    public IList<RouteRelayOptions> PassOn { get; } = [];

    /// <summary>
    /// Which side decides if the delivery is both stored and relayed. The default is <see cref="TeeCommit.BlobFirst"/>: a stored delivery
    /// is answered with 2xx and relayed once; the receipt reports whether the relay succeeded.
    /// </summary>
    public TeeCommit? Commit { get; set; }

    /// <summary>The service that is notified that a delivery was stored. The default is none.</summary>
    public WebhookNotifyOptions? Notify { get; set; }

    /// <summary>
    /// The largest delivery, in bytes. The default is null: the limit for all bodies applies (<c>Sluice:Body:MaxBytes</c>).
    /// </summary>
    public long? MaxBytes { get; set; }

    /// <summary>Which media types are accepted. The default is any.</summary>
    public MediaTypePolicyOptions? MediaTypes { get; set; }

    /// <summary>
    /// How far the signed timestamp may differ from the server's clock, in either direction. The default is 5 minutes, which Standard
    /// Webhooks, Stripe and Slack recommend. From 1 second to 1 day. It has no effect on schemes that sign no timestamp: <c>github</c>,
    /// <c>shopify</c>.
    /// </summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The header with the delivery's id, which identifies repeated deliveries. The default is the scheme's own header, for instance
    /// <c>X-GitHub-Delivery</c>. Can't be set if the scheme signs its own id.
    /// </summary>
    public string? IdHeader { get; set; }

    /// <summary>
    /// The JSON Pointer (RFC 6901) to the delivery's id in a JSON body, instead of a header. The default is the scheme's own, for instance
    /// <c>/id</c> for <c>stripe</c>. The signature of the body covers the id too.
    /// </summary>
    public string? IdPointer { get; set; }

    /// <summary>
    /// The status of a delivery that was stored, or is a duplicate: 200, 201, 202 or 204. The default is null: 201 for a delivery that was
    /// stored, 200 for a duplicate. Some senders count any other status than 200 as a failure.
    /// </summary>
    public int? Status { get; set; }

    /// <summary>
    /// How the sender checks the address. The default is null: as the scheme does (<c>slack</c>), otherwise not at all.
    /// </summary>
    public WebhookChallenge? Challenge { get; set; }

    /// <summary>The token that the sender has to know, for <see cref="WebhookChallenge.Meta"/>. No default.</summary>
    public string? ChallengeToken { get; set; }

    /// <summary>How a delivery is signed, for the scheme <c>hmac</c>. No default.</summary>
    public WebhookHmacOptions? Hmac { get; set; }

    /// <summary>How a delivery is signed, for the scheme <c>public-key</c>. No default.</summary>
    public WebhookPublicKeyOptions? PublicKey { get; set; }

    /// <summary>How a delivery is signed, for the scheme <c>http-message-signatures</c>. No default.</summary>
    public WebhookHttpMessageSignaturesOptions? HttpMessageSignatures { get; set; }

    /// <summary>Which senders may ask for permission to deliver, for the scheme <c>cloudevents</c>. No default.</summary>
    public WebhookCloudEventsOptions? CloudEvents { get; set; }
}
