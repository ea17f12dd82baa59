using System.Buffers;
using Sluice.Failures;
using Sluice.Peek;

namespace Sluice.Webhooks;

/// <summary>
/// Slack signs by one HMAC, and verifies once that the address belongs to its owner: the answer to a signed <c>url_verification</c> must
/// contain its <c>challenge</c> (https://docs.slack.dev/reference/events/url_verification).
/// </summary>
internal sealed class SlackScheme(WebhookScheme signed) : WebhookScheme(signed.Source)
{
    private static readonly JsonPointer _type = Pointer("/type");
    private static readonly JsonPointer _challenge = Pointer("/challenge");

    public override Result<WebhookClaim> Begin(Func<string, string?> header, DateTimeOffset now) => signed.Begin(header, now);

    public override string? Challenge(ReadOnlySequence<byte> body) =>
        JsonPeek.Find(body, true, _type).Text == "url_verification" ? JsonPeek.Find(body, true, _challenge).Text : null;

    private static JsonPointer Pointer(string text) =>
        JsonPointer.TryParse(text, out var pointer) ? pointer : throw new FormatException(text);
}
