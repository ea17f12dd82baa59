using Sluice.Failures;
using Sluice.Routing;

namespace Sluice.Webhooks;

/// <summary>
/// https://developers.asana.com/docs/webhooks-guide#the-webhook-handshake. Asana chooses the secret, which is also in its answer to the
/// request that created the webhook: from there it becomes a setting. What is returned here is not trusted.
/// </summary>
internal sealed class AsanaCheck : AddressCheck
{
    private const string Header = "X-Hook-Secret";

    public override Result<ChallengeReply>? Answer(AddressQuestion question) =>
        question.Method != "POST" || question.Header(Header) is not { } secret ? null
        : !Echo(FailureKind.HeaderInvalid, $"The header {Header}", secret).TryGet(out _, out var failure) ? failure
        : new ChallengeReply { Headers = [new(Header, secret)] };
}
