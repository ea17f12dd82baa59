namespace Sluice.Settings;

/// <summary>How a sender checks that an address belongs to its owner, before it delivers anything there.</summary>
public enum WebhookChallenge
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>
    /// A signed <c>url_verification</c>, whose <c>challenge</c> is returned as text
    /// (https://docs.slack.dev/reference/events/url_verification).
    /// </summary>
    Slack,

    /// <summary>
    /// A signed <c>endpoint.url_validation</c>, whose <c>plainToken</c> is returned with its HMAC
    /// (https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint).
    /// </summary>
    Zoom,

    /// <summary>
    /// GET with <c>hub.verify_token</c>, which has to equal <see cref="WebhookSourceOptions.ChallengeToken"/>; <c>hub.challenge</c> is
    /// returned (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests).
    /// </summary>
    Meta,

    /// <summary>
    /// GET with <c>challenge</c>, which is returned (https://www.dropbox.com/developers/reference/webhooks#documentation).
    /// </summary>
    Dropbox,

    /// <summary>
    /// POST with <c>X-Hook-Secret</c>, which is returned in a header of the same name
    /// (https://developers.asana.com/docs/webhooks-guide#the-webhook-handshake).
    /// </summary>
    Asana,

    /// <summary>
    /// POST with <c>validationToken</c> in the query, which is returned as text
    /// (https://learn.microsoft.com/graph/change-notifications-delivery-webhooks#notificationurl-validation).
    /// </summary>
    MicrosoftGraph,
}
