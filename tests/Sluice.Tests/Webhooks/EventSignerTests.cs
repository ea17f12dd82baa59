using System.Text;
using Sluice.Settings;
using Sluice.Tests.Uploads;
using Sluice.Webhooks;

namespace Sluice.Tests.Webhooks;

/// <summary>What Sluice signs, Sluice verifies, by the scheme that its receivers use.</summary>
public sealed class EventSignerTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    // The vector of the specification's own libraries: msg_p5jXN8AQM9LWM0D4loKWxJek, 1614265330, {"test": 2432232314}.
    [Fact]
    public void It_signs_the_published_message_as_published()
    {
        var headers = EventSigner.From(Secret)!.Sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330),
            Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));

        Assert.Contains(("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), headers);
    }

    [Fact]
    public void What_it_signs_is_verified()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(56);
        byte[] body = [1, 2, 3];
        var headers = EventSigner.From(Secret)!.Sign("github/1", now, body).ToDictionary(
            static header => header.Name, static header => header.Value);
        var scheme = WebhookScheme.Compile(
            "s", new WebhookSourceOptions { Scheme = "standard-webhooks", Secrets = { Secret } }, null,
            new SettingProblems("s", null, []))!;

        using var claim = scheme.Begin(headers.GetValueOrDefault, now).Value();
        claim.Check.Append(body);

        Assert.Null(claim.Check.Verify());
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_secret_is_as_long_as_the_specification_says(int bytes, bool isOne) =>
        Assert.Equal(isOne, EventSigner.From($"whsec_{Convert.ToBase64String(new byte[bytes])}") is not null);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_short")]
    [InlineData("whsec_c2hvcnQ=")]
    public void What_is_no_secret_is_none(string? secret) => Assert.Null(EventSigner.From(secret));
}
