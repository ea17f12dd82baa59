using System.Buffers;
using System.Text;
using Sluice.Failures;

namespace Sluice.Tests.Webhooks;

/// <summary>The example of https://docs.slack.dev/authentication/verifying-requests-from-slack</summary>
public sealed class SlackTests
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    private const string Command =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        + "&channel_name=foobar&user_id=U2CERLKJA"
        + "&user_name=roadrunner&command=%2Fwebhook-collect&text="
        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
        + "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static readonly TestDelivery _documented = new TestDelivery(Command)
        .With("X-Slack-Request-Timestamp", "1531420618")
        .With("X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")
        .At(1531420618);

    [Fact]
    public void The_documented_request_verifies() => Assert.Null(_documented.Verdict(TestDelivery.Scheme("slack", Secret)));

    [Fact]
    public void Its_id_is_in_the_body()
    {
        using var claim = _documented.Claim(TestDelivery.Scheme("slack", Secret));

        Assert.Equal(["/event_id"], claim.IdPointers.Select(static pointer => pointer.Text));
    }

    [Theory]
    [InlineData("""{"token":"t","challenge":"3eZbrw1a","type":"url_verification"}""", "3eZbrw1a")]
    [InlineData("\uFEFF{\"challenge\":\"3eZbrw1a\",\"type\":\"url_verification\"}", "3eZbrw1a")]
    [InlineData("""{"token":"t","type":"url_verification"}""", null)]
    [InlineData("""{"challenge":{},"type":"url_verification"}""", null)]
    [InlineData("""{"challenge":"3eZbrw1a","type":"event_callback"}""", null)]
    [InlineData("""{"challenge":"3eZbrw1a","event":{"type":"url_verification"}}""", null)]
    [InlineData("""{"challenge":"3eZbrw1a"}""", null)]
    [InlineData(Command, null)]
    [InlineData("", null)]
    public void Only_the_question_whether_the_address_is_its_owners_is_answered(string body, string? challenge)
    {
        var question = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body));

        Assert.Equal(challenge, TestDelivery.Scheme("slack", Secret).AddressCheck.Answer(question)?.Text);
        Assert.Null(TestDelivery.Scheme("github", Secret).AddressCheck.Answer(question));
    }

    [Theory]
    [InlineData("X-Slack-Request-Timestamp")]
    [InlineData("X-Slack-Signature")]
    public void Both_headers_have_to_come(string header) =>
        Assert.Equal(FailureKind.SignatureMissing, _documented.Without(header).Verdict(TestDelivery.Scheme("slack", Secret)));
}
