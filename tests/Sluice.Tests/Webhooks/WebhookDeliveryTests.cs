using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Sluice.Failures;
using Sluice.Routing.Evidence;
using Sluice.Settings;
using Sluice.Tests.Uploads;
using Sluice.Webhooks;

namespace Sluice.Tests.Webhooks;

/// <summary>One delivery on its way in: when it is verified, where it goes, and what it is called.</summary>
public sealed class WebhookDeliveryTests
{
    private const string Secret = "s3cret";

    [Fact]
    public void A_body_that_is_there_is_verified_before_anything_is_decided()
    {
        using var genuine = Sent("{}", Sign("{}"));
        using var forged = Sent("{}", Sign("{ }"));

        Assert.Equal("inbox/it/7", genuine.Decide(Bytes("{}"), complete: true).Value().Store!.Value.ToString());
        Assert.True(genuine.IsVerified);
        forged.Decide(Bytes("{}"), complete: true).Failed(FailureKind.SignatureInvalid, Phase.Seal);
        Assert.False(forged.IsVerified);
    }

    [Fact]
    public void What_was_verified_is_not_verified_again_while_it_passes()
    {
        using var delivery = Sent("{}", Sign("{}"));
        delivery.Decide(Bytes("{}"), complete: true).Value();
        delivery.Append("{}"u8);

        Assert.Null(delivery.Verify());
        Assert.Null(delivery.Verify());
    }

    [Theory]
    [InlineData("the rest", null)]
    [InlineData("the Rest", FailureKind.SignatureInvalid)]
    [InlineData("", FailureKind.SignatureInvalid)]
    public void A_body_that_is_not_all_there_is_decided_about_first_and_verified_at_its_end(string rest, FailureKind? expected)
    {
        using var delivery = Sent("begun, and the rest", Sign("begun, and the rest"));
        Assert.Equal("inbox/it/7", delivery.Decide(Bytes("begun, and "), complete: false).Value().Store!.Value.ToString());
        Assert.False(delivery.IsVerified);
        delivery.Append("begun, and "u8);
        delivery.Append(Encoding.UTF8.GetBytes(rest));

        Assert.Equal(expected, delivery.Verify()?.Kind);
        Assert.Equal(expected is null, delivery.IsVerified);
    }

    [Fact]
    public void Without_an_id_it_goes_by_its_digest()
    {
        using var delivery = Sent("{}", Sign("{}"), id: null);
        var digest = Convert.ToHexStringLower(SHA256.HashData("{}"u8));

        Assert.Equal($"inbox/it/{digest}", delivery.Decide(Bytes("{}"), complete: true).Value().Store!.Value.ToString());
        Assert.Equal(digest, delivery.Id);
    }

    [Theory]
    [InlineData("""{"id":"7"}""")]
    [InlineData("\uFEFF{\"id\":\"7\"}")]
    public void Its_id_can_be_in_the_body(string body)
    {
        var options = Source("none");
        options.IdPointer = "/id";
        using var delivery = Sent(options, new TestDelivery(body));

        Assert.Equal("inbox/it/7", delivery.Decide(Bytes(body), complete: true).Value().Store!.Value.ToString());
    }

    // The digest of a body is known at its end only, and where it goes before.
    [Fact]
    public void Without_an_id_and_longer_than_what_is_seen_it_goes_by_the_digest_of_its_beginning()
    {
        using var delivery = Sent("begun", Sign("begun"), id: null);
        var digest = Convert.ToHexStringLower(SHA256.HashData("begun"u8));

        Assert.Equal($"inbox/it/{digest}", delivery.Decide(Bytes("begun"), complete: false).Value().Store!.Value.ToString());
        Assert.Equal(digest, delivery.Id);
    }

    [Theory]
    [InlineData("""{"challenge":"3eZbrw1a","type":"url_verification"}""", "3eZbrw1a")]
    [InlineData("""{"event_id":"7","type":"event_callback"}""", null)]
    public void A_question_goes_nowhere_and_is_answered_only_after_it_was_verified(string body, string? challenge)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(SignedDelivery.Time);
        var options = Source("slack");
        using var asked = Sent(options, new TestDelivery(body) { Now = time }
            .With("X-Slack-Request-Timestamp", $"{SignedDelivery.Time}").With(
                "X-Slack-Signature", $"v0={Sign($"v0:{SignedDelivery.Time}:{body}")}"));
        using var forged = Sent(options, new TestDelivery(body) { Now = time }
            .With("X-Slack-Request-Timestamp", $"{SignedDelivery.Time}").With("X-Slack-Signature", $"v0={Sign("")}"));

        var decision = asked.Decide(Bytes(body), complete: true).Value();

        Assert.Equal(("it", challenge), (decision.Rule, decision.Challenge?.Text));
        Assert.Equal(challenge is null ? "inbox/it/7" : "", $"{decision.Store}");
        forged.Decide(Bytes(body), complete: true).Failed(FailureKind.SignatureInvalid, Phase.Seal);
    }

    [Fact]
    public void Its_label_is_the_path_of_its_source()
    {
        using var delivery = Sent("{}", Sign("{}"));

        Assert.Equal("hooks/it", delivery.Label);
    }

    // Which side decides is asked only where there are two.
    [Theory]
    [InlineData(true, true, null, TeeCommit.BlobFirst)]
    [InlineData(true, true, TeeCommit.Both, TeeCommit.Both)]
    [InlineData(true, false, null, null)]
    [InlineData(false, true, null, null)]
    public void It_goes_where_its_source_sends_it(bool stored, bool relayed, TeeCommit? commit, TeeCommit? expected)
    {
        var options = Source("none");
        options.IdHeader = "X-Id";
        options.Store = stored ? options.Store : null;
        options.Relay = relayed ? new() { Target = "service" } : null;
        options.Commit = commit;
        using var delivery = Sent(options, new TestDelivery("{}").With("X-Id", "7"));

        var decision = delivery.Decide(Bytes("{}"), complete: true).Value();

        Assert.Equal((stored, relayed, expected), (decision.Store is not null, decision.Relay is not null, decision.Commit));
    }

    private static WebhookSourceOptions Source(string scheme)
    {
        var options = TestDelivery.Options(scheme, scheme == "none" ? [] : [Secret]);
        options.Store = new() { Container = "inbox" };
        return options;
    }

    private static WebhookDelivery Sent(string body, string signature, string? id = "7")
    {
        var delivery = new TestDelivery(body).With("X-Hub-Signature-256", $"sha256={signature}");
        return Sent(Source("github"), id is null ? delivery : delivery.With("X-GitHub-Delivery", id));
    }

    private static WebhookDelivery Sent(WebhookSourceOptions options, TestDelivery delivery)
    {
        var problems = new List<string>();
        var source = WebhookSource.Compile("it", options, ["inbox"], ["service"], null, new SettingProblems("it", null, problems));
        Assert.Empty(problems);
        var request = new RouteRequest(
            "POST", "", null, null, Guid.NewGuid(), delivery.Now, delivery.Headers.GetValueOrDefault, static _ => null);
        return new(source!, delivery.Claim(source!.Scheme), request);
    }

    private static string Sign(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));

    private static ReadOnlySequence<byte> Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
