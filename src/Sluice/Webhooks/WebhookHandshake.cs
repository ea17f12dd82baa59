namespace Sluice.Webhooks;

/// <summary>
/// The permission to deliver, as headers of an answer to OPTIONS. The headers grant it, not the status: without permission neither is sent
/// (https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md, section 4.2).
/// </summary>
/// <param name="AllowedOrigin">The value of <c>WebHook-Allowed-Origin</c>; null if there is no permission.</param>
/// <param name="AllowedRate">
/// The value of <c>WebHook-Allowed-Rate</c>, in requests per minute or <c>*</c>; null if there is no permission.
/// </param>
internal sealed record WebhookHandshake(string? AllowedOrigin, string? AllowedRate);
