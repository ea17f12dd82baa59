using System.Text;
using Sluice.Routing;
using Sluice.Webhooks;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>What senders' own libraries sign verifies here, and not when it was changed.</summary>
public sealed class SignerTests
{
    private const long Time = 1_700_000_000;

    // RFC 8032, section 7.1, test 2.
    private static readonly string _private = Base64("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    private static readonly string _public = Base64("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

    // Those libraries sign text.
    private static readonly byte[][] _bodies =
    [
        [],
        "{}"u8.ToArray(),
        Encoding.UTF8.GetBytes("{\n  \"name\": \"Zoë – 数 \U0001f600\", \"tail\": \"a.b,c=d\"\r\n}\n"),
        Encoding.UTF8.GetBytes(new string('é', 30_000)),
    ];

    public static TheoryData<string, string, string, string> Senders => new()
    {
        { "standard-webhooks", "standard-webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
        { "standard-webhooks", "svix", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
        { "standard-webhooks-v1a", "standard-webhooks", $"whsk_{_private}", $"whpk_{_public}" },
        { "stripe", "stripe", "whsec_test_secret", "whsec_test_secret" },
    };

    [Theory]
    [MemberData(nameof(Senders))]
    public async Task What_a_sender_signs_verifies_and_not_when_it_was_changed(string sender, string name, string secret, string verifiedWith)
    {
        var options = new HookSourceOptions { Scheme = name, Secrets = { verifiedWith } };
        var problems = new List<string>();
        var scheme = WebhookScheme.Compile("it", options, new SettingProblems("it", null, problems));
        Assert.Empty(problems);

        var signed = await Signer.SignAsync(_bodies.Select(body => new SignerRequest(sender, secret, "msg_1", Time, Convert.ToBase64String(body))));

        Assert.Equal(_bodies.Length, signed.Count);
        Assert.All(_bodies.Zip(signed), delivery =>
        {
            Assert.Null(Verdict(scheme!, delivery.Second, delivery.First));
            Assert.Equal(FailureKind.SignatureInvalid, Verdict(scheme!, delivery.Second, [.. delivery.First, (byte)' ']));
        });
    }

    private static FailureKind? Verdict(WebhookScheme scheme, Dictionary<string, string> headers, byte[] body)
    {
        Assert.True(scheme.Begin(headers.GetValueOrDefault, DateTimeOffset.FromUnixTimeSeconds(Time)).TryGet(out var claim, out var failure), failure?.Detail);
        using (claim)
        {
            claim.Check.Append(body);
            return claim.Check.Verify()?.Kind;
        }
    }

    private static string Base64(string hex) => Convert.ToBase64String(Convert.FromHexString(hex));
}
