using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Tests.Webhooks;

/// <summary>Who sends deliveries reads why one was refused: it is a whole sentence, which says where to look.</summary>
public sealed class RefusalTextTests
{
    private const string Symmetric = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string PublicKey = "whpk_PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";

    private static readonly string _64 = Convert.ToBase64String(new byte[64]);

    // The header or the limit that the sentence names, the settings, and what comes.
    private static readonly Dictionary<string, (string Named, WebhookSourceOptions Options, TestDelivery TestDelivery)> _refused = new()
    {
        ["no signature"] = ("X-Hub-Signature-256", TestDelivery.Options("github", "s"), new TestDelivery("")),
        ["another signature"] = ("X-Hub-Signature-256", TestDelivery.Options("github", "s"), GitHub("sha256=00")),
        ["a long header"] = ("4096", TestDelivery.Options("github", "s"), GitHub(new('x', 4097))),
        ["a wrong signature"] = ("source", TestDelivery.Options("github", "s"), GitHub($"sha256={new string('0', 64)}")),
        ["an id of blanks and letters"] = (
            "X-GitHub-Delivery", TestDelivery.Options("github", "s"),
            GitHub($"sha256={new string('0', 64)}").With("X-GitHub-Delivery", "a b")),
        ["no time"] = ("X-Slack-Request-Timestamp", TestDelivery.Options("slack", "s"), Slack(null)),
        ["a time that is none"] = ("X-Slack-Request-Timestamp", TestDelivery.Options("slack", "s"), Slack("today")),
        ["a time that is not near"] = ("X-Slack-Request-Timestamp", TestDelivery.Options("slack", "s"), Slack("1")),
        ["a signed id that does not come"] = ("X-Id", SignedId(), new TestDelivery("").With("X-Sig", new('0', 64))),
        ["a signed id with its end in it"] = ("X-Id", SignedId(), new TestDelivery("").With("X-Sig", new('0', 64)).With("X-Id", "a.b")),
        ["two times"] = ("Stripe-Signature", TestDelivery.Options("stripe", "whsec_s"), Stripe("t=1,t=2")),
        ["no hex"] = ("Stripe-Signature", TestDelivery.Options("stripe", "whsec_s"), Stripe("t=1700000000,v1=potato")),
        ["33 signatures of Stripe"] = (
            "32", TestDelivery.Options("stripe", "whsec_s"),
            Stripe("t=1700000000" + string.Concat(Enumerable.Repeat($",v1={new string('0', 64)}", 33)))),
        ["no signature of Stripe"] = ("Stripe-Signature", TestDelivery.Options("stripe", "whsec_s"), Stripe("t=1700000000")),
        ["an id with a full stop"] = (
            "webhook-id", TestDelivery.Options("standard-webhooks", Symmetric), Standard("v1,AAAA").With("webhook-id", "a.b")),
        ["no base64"] = ("webhook-signature", TestDelivery.Options("standard-webhooks", Symmetric), Standard("v1,AAAA")),
        ["33 signatures"] = (
            "32", TestDelivery.Options("standard-webhooks", Symmetric), Standard(string.Join(' ', Enumerable.Repeat("v1,AAAA", 33)))),
        ["no signature that is checked"] = ("webhook-signature", TestDelivery.Options("standard-webhooks", Symmetric), Standard("v9,AAAA")),
        ["5 signatures of v1a"] = (
            "v1a", TestDelivery.Options("standard-webhooks", PublicKey), Standard(string.Join(' ', Enumerable.Repeat($"v1a,{_64}", 5)))),
        ["a body too large for v1a"] = (
            "64000", TestDelivery.Options("standard-webhooks", PublicKey), Standard($"v1a,{_64}") with { Body = new byte[64_001] }),
        ["no token"] = ("Authorization", TestDelivery.Options("cloudevents", "s"), new TestDelivery("")),
        ["no bearer"] = (
            "Authorization", TestDelivery.Options("cloudevents", "s"), new TestDelivery("").With("Authorization", "Basic cw==")),
        ["another token"] = ("source", TestDelivery.Options("cloudevents", "s"), new TestDelivery("").With("Authorization", "Bearer t")),
        ["no event"] = ("ce-specversion", TestDelivery.Options("cloudevents", "s"), Bearer()),
        ["an event without source"] = (
            "ce-source", TestDelivery.Options("cloudevents", "s"), Bearer().With("ce-specversion", "1.0").With("ce-id", "1")),
        ["an event without id"] = (
            "ce-id", TestDelivery.Options("cloudevents", "s"), Bearer().With("ce-specversion", "1.0").With("ce-source", "/")),
    };

    public static TheoryData<string> Refused => [.. _refused.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public void It_is_a_sentence_that_names_what_is_wrong(string what)
    {
        var (named, options, delivery) = _refused[what];
        var failure = Failure(delivery, TestDelivery.Scheme(options));

        Assert.Matches(@"^[A-Z][^\r\n]*\w\.$", failure.Detail);
        Assert.Contains(named, failure.Detail, StringComparison.Ordinal);
    }

    private static Failure Failure(TestDelivery delivery, Sluice.Webhooks.WebhookScheme scheme)
    {
        if (!delivery.Begin(scheme).TryGet(out var claim, out var failure))
        {
            return failure;
        }

        using (claim)
        {
            claim.Check.Append(delivery.Body);
            return Assert.IsType<Failure>(claim.Check.Verify());
        }
    }

    private static TestDelivery GitHub(string signature) => new TestDelivery("").With("X-Hub-Signature-256", signature);

    private static TestDelivery Stripe(string signature) => new TestDelivery("").With("Stripe-Signature", signature);

    private static TestDelivery Standard(string signature) => new TestDelivery("")
        .With("webhook-id", "1").With("webhook-timestamp", "1700000000").With("webhook-signature", signature);

    private static TestDelivery Slack(string? time)
    {
        var delivery = new TestDelivery("").With("X-Slack-Signature", $"v0={new string('0', 64)}");
        return time is null ? delivery : delivery.With("X-Slack-Request-Timestamp", time);
    }

    private static TestDelivery Bearer() => new TestDelivery("").With("Authorization", "Bearer s");

    private static WebhookSourceOptions SignedId()
    {
        var options = TestDelivery.Options("hmac", "s");
        (options.Hmac, options.IdHeader) = (new() { Header = "X-Sig", Template = "{id}.{body}" }, "X-Id");
        return options;
    }
}
