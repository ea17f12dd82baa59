using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sluice.Failures;
using Sluice.Routing;

namespace Sluice.Webhooks;

/// <summary>https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests</summary>
/// <param name="token">The token that was entered with the address.</param>
internal sealed class MetaCheck(string token) : AddressCheck
{
    private readonly byte[] _token = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public override ImmutableArray<string> Methods => ["GET"];

    public override Result<ChallengeReply>? Answer(AddressQuestion question)
    {
        if (question.Method != "GET" || question.Query("hub.mode") != "subscribe" || question.Query("hub.challenge") is not { } challenge)
        {
            return null;
        }

        // Compared by their hashes, so that the time tells neither the length nor the beginning.
        var sent = SHA256.HashData(Encoding.UTF8.GetBytes(question.Query("hub.verify_token") ?? ""));
        return CryptographicOperations.FixedTimeEquals(sent, _token)
            ? Echo(FailureKind.QueryInvalid, "The parameter hub.challenge", challenge)
            : new Failure(
                FailureKind.SignatureInvalid, Phase.Admit, "hub.verify_token is not the ChallengeToken of this source.");
    }
}
