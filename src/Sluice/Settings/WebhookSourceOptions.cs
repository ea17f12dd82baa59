namespace Sluice.Settings;

/// <summary>One sender of webhooks (<c>Sluice:Hooks:Sources:{name}</c>).</summary>
public sealed class WebhookSourceOptions
{
    /// <summary>
    /// How its deliveries are signed: <c>standard-webhooks</c>, <c>svix</c>, <c>github</c>, <c>stripe</c>, <c>slack</c>, <c>shopify</c>,
    /// <c>cloudevents</c>, <c>hmac</c> (described by <see cref="Hmac"/>), or <c>none</c>, which has to be said. Required.
    /// </summary>
    public string? Scheme { get; set; }

    /// <summary>Whether its deliveries are taken. The default is true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The secrets, as the sender shows them; at most 8. A delivery that was signed with any of them is taken, so a secret is rotated by
    /// adding the new one, and removing the old one when the sender has changed. For <c>standard-webhooks</c> and <c>svix</c> they are
    /// <c>whsec_…</c> or the public key <c>whpk_…</c>; for <c>cloudevents</c> they are the bearer tokens. No default.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>
    /// The blob that a delivery becomes: written once, by whoever comes first (<c>If-None-Match: *</c>). <c>{path}</c> in its name is
    /// <c>source/id</c>. A name that also has <c>{date:...}</c> is another one on another day, and a delivery that is sent again then is a new one.
    /// No default.
    /// </summary>
    public RouteStoreOptions? Store { get; set; }

    /// <summary>The downstream service that gets the delivery, with the sender's own headers. No default.</summary>
    public RouteRelayOptions? Relay { get; set; }

    /// <summary>
    /// Which side decides where there are both. The default is <see cref="TeeCommit.BlobFirst"/>: a delivery that was stored is answered with 2xx, and
    /// is passed on once; whether that worked is in the receipt.
    /// </summary>
    public TeeCommit? Commit { get; set; }

    /// <summary>Who is told that a delivery was stored. The default is nobody.</summary>
    public WebhookNotifyOptions? Notify { get; set; }

    /// <summary>The largest delivery, in bytes. The default is null: as large as bodies may be (<c>Sluice:Body:MaxBytes</c>).</summary>
    public long? MaxBytes { get; set; }

    /// <summary>Which media types may come. The default is any.</summary>
    public MediaTypePolicyOptions? MediaTypes { get; set; }

    /// <summary>
    /// How far the signed time may be from ours, before or after. The default is 5 minutes, which is what Standard Webhooks, Stripe and
    /// Slack recommend. From 1 second to 1 day. Without effect where no time is signed: <c>github</c>, <c>shopify</c>.
    /// </summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The header that names the delivery, by which one that comes twice is known. The default is the scheme's own, for instance
    /// <c>X-GitHub-Delivery</c>. Can't be set where the scheme signs its own.
    /// </summary>
    public string? IdHeader { get; set; }

    /// <summary>
    /// The place in a JSON body that names the delivery (RFC 6901), instead of a header. The default is the scheme's own, for instance
    /// <c>/id</c> for <c>stripe</c>. Whatever signs the body signs it too.
    /// </summary>
    public string? IdPointer { get; set; }

    /// <summary>How a delivery is signed, for the scheme <c>hmac</c>. No default.</summary>
    public WebhookHmacOptions? Hmac { get; set; }

    /// <summary>Who may ask for permission to deliver, for the scheme <c>cloudevents</c>. No default.</summary>
    public WebhookCloudEventsOptions? CloudEvents { get; set; }
}
