namespace Sluice.Settings;

/// <summary>
/// Notifies a service that a delivery was stored, and where: a claim check, for services that fetch a body when they need it. The
/// notification is a CloudEvent in structured mode (<c>application/cloudevents+json</c>), signed with Standard Webhooks.
/// </summary>
public sealed class WebhookNotifyOptions
{
    /// <summary>The service, one of <c>Sluice:Relay:Targets</c>. Required. No default.</summary>
    public string? Target { get; set; }

    /// <summary>The path below the target's own, not encoded. The default is the target's own path.</summary>
    public string Path { get; set; } = "";

    /// <summary>The secret that signs the event: <c>whsec_</c> and 24 to 64 bytes in base64. Required. No default.</summary>
    public string? Secret { get; set; }
}
