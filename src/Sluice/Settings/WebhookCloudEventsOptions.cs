namespace Sluice.Settings;

/// <summary>
/// How Sluice answers a sender of CloudEvents that asks for permission to deliver
/// (https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md, section 4).
/// </summary>
public sealed class WebhookCloudEventsOptions
{
    /// <summary>
    /// The origins that may deliver, as they name themselves in <c>WebHook-Request-Origin</c>, for instance <c>eventgrid.azure.net</c>;
    /// <c>*</c> is any. The default is none: no permission is granted. The origin does not authenticate a delivery; the token does.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>The rate that is granted, in requests per minute. The default is null: any.</summary>
    public int? AllowedRate { get; set; }

    /// <summary>
    /// Whether events without a token are accepted, for instance behind a gateway that checks one. The default is false: <c>Secrets</c>
    /// must contain one.
    /// </summary>
    public bool AllowAnonymous { get; set; }
}
