using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// CloudEvents over HTTP: a token, and no signature (https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md, section 3).
/// An event's id is unique together with its source (https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md#id). Both are in
/// headers in binary mode, and in the body in structured mode. A batch has one id per event, and so none of its own.
/// </summary>
internal sealed class CloudEventsScheme(string source, BearerTokens? tokens) : WebhookScheme(source)
{
    private const string Structured = "application/cloudevents";

    private static readonly DeliveryIdRule _inBody = DeliveryIdRule.At("/source", "/id");

    public static CloudEventsScheme From(string source, WebhookSourceOptions options, SettingProblems problems)
    {
        if (options.IdHeader is not null || options.IdPointer is not null)
        {
            problems.Whole("has IdHeader or IdPointer: the source and the id of an event identify it");
        }

        var anonymous = options.CloudEvents?.AllowAnonymous ?? false;
        if (anonymous && options.Secrets.Count > 0)
        {
            problems.Under("CloudEvents").Add(
                "AllowAnonymous", true, "Secrets contains tokens, which would not be checked: remove one of the two");
        }

        return new(source, anonymous ? null : new(SecretList.Text(options.Secrets, problems)))
        {
            AddressCheck = CloudEventsHandshake.Compile(options.CloudEvents ?? new(), problems.Under("CloudEvents")),
        };
    }

    public override Result<WebhookClaim> Begin(Func<string, string?> component, DateTimeOffset now)
    {
        if (tokens?.Check(component) is { } stranger)
        {
            return stranger;
        }

        if (component("ce-specversion") is not null)
        {
            return Binary(component);
        }

        var mediaType = (component("Content-Type") ?? "").Split(';')[0].Trim();
        if (!mediaType.StartsWith(Structured, StringComparison.OrdinalIgnoreCase))
        {
            return new Failure(
                FailureKind.MediaTypeRefused, Phase.Admit,
                "The delivery is not a CloudEvent: it has neither ce-specversion nor the type application/cloudevents.");
        }

        var inJson = mediaType.Equals($"{Structured}+json", StringComparison.OrdinalIgnoreCase);
        return new WebhookClaim(NoCheck.Instance) { IdPointers = inJson ? _inBody.Pointers : [] };
    }

    private static Result<WebhookClaim> Binary(Func<string, string?> header)
    {
        string[] names = ["ce-source", "ce-id"];
        var values = names.Select(name => Decoded(header(name))).ToList();
        var missing = values.FindIndex(
            static value => string.IsNullOrWhiteSpace(value) || value.Length > DeliveryIds.MaxCharacters || value.Any(char.IsControl));
        return missing < 0
            ? new WebhookClaim(NoCheck.Instance) { DeliveryId = DeliveryIds.Join(values!) }
            : new Failure(
                FailureKind.HeaderInvalid, Phase.Admit,
                $"The header {names[missing]} of the event must have 1 to {DeliveryIds.MaxCharacters} characters, not all of them blank.");
    }

    // https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/http-protocol-binding.md, section 3.1.3.2.
    private static string? Decoded(string? value) =>
        value is { Length: <= SignatureHeader.MaxCharacters } ? Uri.UnescapeDataString(value) : null;
}
