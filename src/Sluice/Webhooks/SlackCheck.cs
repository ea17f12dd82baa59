using System.Buffers;
using Sluice.Peek;
using Sluice.Routing;

namespace Sluice.Webhooks;

/// <summary>https://docs.slack.dev/reference/events/url_verification</summary>
internal sealed class SlackCheck : AddressCheck
{
    private static readonly JsonPointer _type = JsonPointer.Parse("/type");
    private static readonly JsonPointer _challenge = JsonPointer.Parse("/challenge");

    public override ChallengeReply? Answer(ReadOnlySequence<byte> body) =>
        JsonPeek.Find(body, true, _type).Text == "url_verification" && JsonPeek.Find(body, true, _challenge).Text is { } challenge
            ? new ChallengeReply(challenge)
            : null;
}
