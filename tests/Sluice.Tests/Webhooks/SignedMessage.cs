using System.Security.Cryptography;
using System.Text;
using Sluice.Settings;

namespace Sluice.Tests.Webhooks;

/// <summary>Requests that are signed by HTTP Message Signatures (RFC 9421), with <c>hmac-sha256</c>.</summary>
internal static class SignedMessage
{
    public const string Secret = "c2lnbmVkIGJ5IHRoZSB0ZXN0cyBhbmQgbm9ib2R5IGVsc2U=";

    /// <summary>What a signature covers if a test does not say otherwise.</summary>
    public const string Covered = "\"@method\" \"content-digest\"";

    public static SignedDelivery Of(byte[] body)
    {
        var options = TestDelivery.Options("http-message-signatures", Secret);
        options.HttpMessageSignatures = new() { Algorithm = WebhookMessageAlgorithm.HmacSha256 };
        return new(options, Secret, Signed(Request(body)), ("Content-Digest", ..), ("@method", ..))
        {
            Other = Convert.ToBase64String(new byte[32]),
        };
    }

    /// <summary>A request with the components that it has, and no signature.</summary>
    public static TestDelivery Request(byte[] body) => new TestDelivery(body)
        .With("@method", "POST").With("Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:");

    /// <summary>The same with a signature.</summary>
    /// <param name="request">The request.</param>
    /// <param name="covered">The identifiers that are covered, as they are written.</param>
    /// <param name="parameters">The parameters behind them.</param>
    public static TestDelivery Signed(
        TestDelivery request, string covered = Covered, string parameters = ";created=1700000000;keyid=\"tests\"")
    {
        var input = $"({covered}){parameters}";
        return request.With("Signature-Input", $"sig1={input}").With("Signature", $"sig1=:{Signature(request, covered, input)}:");
    }

    /// <summary>The signature, in base64.</summary>
    public static string Signature(TestDelivery request, string covered, string input)
    {
        var lines = covered.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(identifier => $"{identifier}: {request.Headers.GetValueOrDefault(identifier.Split('"')[1])}\n");
        var text = $"{string.Concat(lines)}\"@signature-params\": {input}";
        return Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret), Encoding.ASCII.GetBytes(text)));
    }
}
