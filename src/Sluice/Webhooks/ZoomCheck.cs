using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Sluice.Peek;
using Sluice.Routing;

namespace Sluice.Webhooks;

/// <summary>https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint</summary>
/// <param name="secret">The secret token of the app.</param>
internal sealed class ZoomCheck(string secret) : AddressCheck
{
    private const int MaxCharacters = 128;

    private static readonly JsonPointer _event = JsonPointer.Parse("/event");
    private static readonly JsonPointer _token = JsonPointer.Parse("/payload/plainToken");

    public override ChallengeReply? Answer(ReadOnlySequence<byte> body)
    {
        if (JsonPeek.Find(body, true, _event).Text != "endpoint.url_validation" || JsonPeek.Find(body, true, _token).Text is not { } token
            || !IsToken(token))
        {
            return null;
        }

        var code = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(token)));
        return new ChallengeReply(
            $$"""{"plainToken":"{{token}}","encryptedToken":"{{code}}"}""", "application/json");
    }

    // The key signs deliveries too: what could be the signed text of one (v0:TIME:BODY) is not signed here.
    private static bool IsToken(string text) =>
        text.Length is > 0 and <= MaxCharacters && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
