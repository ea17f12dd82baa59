using System.Security.Cryptography;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Tests.Webhooks;

/// <summary>Senders that sign with a private key.</summary>
public sealed class PublicKeyTests
{
    // The vector of SendGrid's own libraries (github.com/sendgrid/sendgrid-python, test/unit/test_eventwebhook.py).
    private const string SendGridKey =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";

    private const string SendGridSignature =
        "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=";

    private const string SendGridBody =
        "[{\"email\":\"hello@world.com\",\"event\":\"dropped\",\"reason\":\"Bounced Address\","
        + "\"sg_event_id\":\"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA\","
        + "\"sg_message_id\":\"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0\","
        + "\"smtp-id\":\"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>\",\"timestamp\":1600112492}]\r\n";

    private static readonly TestDelivery _sendGrid = new TestDelivery(SendGridBody)
        .With("X-Twilio-Email-Event-Webhook-Signature", SendGridSignature)
        .With("X-Twilio-Email-Event-Webhook-Timestamp", "1600112502").At(1_600_112_502);

    [Fact]
    public void The_vector_of_SendGrid_verifies()
    {
        var scheme = SendGrid(SendGridKey);

        Assert.Null(_sendGrid.Verdict(scheme, 1, 200));
        Assert.Equal(FailureKind.SignatureInvalid, (_sendGrid with { Body = [.. _sendGrid.Body, 0] }).Verdict(scheme));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PUBLIC KEY-----{0}-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\n{0}\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN PUBLIC KEY----- {0} -----END PUBLIC KEY-----")]
    public void A_key_may_be_in_PEM(string pem) => Assert.Null(_sendGrid.Verdict(SendGrid(
        pem.Length == 0 ? SendGridKey : pem.Replace("{0}", SendGridKey, StringComparison.Ordinal))));

    // Neither of them is a pair of numbers in DER.
    [Theory]
    [InlineData("AAAA")]
    [InlineData("MAA=")]
    [InlineData("MAYCAQACAQA=")]
    [InlineData("MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZg==")]
    public void A_signature_that_is_none_is_invalid(string signature) => Assert.Equal(
        FailureKind.SignatureInvalid,
        _sendGrid.With("X-Twilio-Email-Event-Webhook-Signature", signature).Verdict(SendGrid(SendGridKey)));

    [Fact]
    public void More_than_four_signatures_are_refused_before_any_is_tried()
    {
        var scheme = SendGrid(SendGridKey, "v1");

        Assert.Null(With(4).Verdict(scheme));
        Assert.Equal(FailureKind.SignatureMalformed, With(5).Verdict(scheme));

        TestDelivery With(int count) => _sendGrid.With(
            "X-Twilio-Email-Event-Webhook-Signature", string.Join(',', Enumerable.Repeat($"v1={SendGridSignature}", count)));
    }

    [Theory]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")]
    [InlineData("PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=")]
    [InlineData("MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n-----END PUBLIC KEY-----")]
    public void An_Ed25519_key_is_taken_as_senders_show_it(string key)
    {
        var options = TestDelivery.Options("public-key", key);
        options.PublicKey = new() { Header = "X-Sig" };

        // RFC 8032, section 7.1, test 2.
        Assert.Null(new TestDelivery("r").With(
            "X-Sig",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
            .Verdict(TestDelivery.Scheme(options)));
    }

    [Fact]
    public void A_body_that_is_signed_by_Ed25519_has_a_limit()
    {
        var signed = SignedDelivery.Of("ed25519");
        using var claim = signed.Delivery.Claim(signed.Scheme);

        Assert.Equal(Sluice.Webhooks.Ed25519Check.MaxBodyBytes, claim.MaxBytes);
        Assert.Equal(FailureKind.BodyTooLarge, (signed.Delivery with { Body = new byte[64_001] }).Verdict(signed.Scheme));
    }

    public static TheoryData<WebhookPublicKeyAlgorithm, string, string> WrongKeys
    {
        get
        {
            using var shortRsa = RSA.Create(1024);
            using var rsa = RSA.Create(2048);
            var ecdsa = "a public key for ECDSA, in base64 or PEM";
            return new()
            {
                { WebhookPublicKeyAlgorithm.Ed25519, "AAAA", "an Ed25519 public key: its 32 bytes in hex or base64, or the key in PEM" },
                { WebhookPublicKeyAlgorithm.Ed25519, SendGridKey, "an Ed25519 public key: its 32 bytes in hex or base64, or the key in PEM" },
                { WebhookPublicKeyAlgorithm.EcdsaSha256, "s3cret", ecdsa },
                { WebhookPublicKeyAlgorithm.EcdsaSha256, Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()), ecdsa },
                { WebhookPublicKeyAlgorithm.RsaSha256, SendGridKey, "a public key for RSA of at least 2048 bits, in base64 or PEM" },
                {
                    WebhookPublicKeyAlgorithm.RsaSha256, Convert.ToBase64String(shortRsa.ExportSubjectPublicKeyInfo()),
                    "a public key for RSA of at least 2048 bits, in base64 or PEM"
                },
            };
        }
    }

    [Theory]
    [MemberData(nameof(WrongKeys))]
    public void A_key_of_another_kind_is_named(WebhookPublicKeyAlgorithm algorithm, string key, string expected)
    {
        var options = TestDelivery.Options("public-key", key);
        options.PublicKey = new() { Algorithm = algorithm, Header = "X-Sig" };
        var problems = new List<string>();

        Assert.Null(Sluice.Webhooks.WebhookScheme.Compile("it", options, TestDelivery.Ed25519, new SettingProblems("it", null, problems)));
        Assert.Equal([$"it:Secrets:0 is not {expected}."], problems);
    }

    [Fact]
    public void An_Ed25519_key_in_an_app_without_Ed25519_names_what_to_add()
    {
        var options = TestDelivery.Options("public-key", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        options.PublicKey = new() { Header = "X-Sig" };
        var problems = new List<string>();

        Assert.Null(Sluice.Webhooks.WebhookScheme.Compile("it", options, null, new SettingProblems("it", null, problems)));
        Assert.Equal(
            ["it:Secrets:0 is an Ed25519 key (32 bytes): add the package Sluice.Ed25519 and call services.AddSluiceEd25519()."], problems);
    }

    private static Sluice.Webhooks.WebhookScheme SendGrid(string key, string? field = null)
    {
        var options = TestDelivery.Options("public-key", key);
        options.PublicKey = new()
        {
            Algorithm = WebhookPublicKeyAlgorithm.EcdsaSha256,
            Header = "X-Twilio-Email-Event-Webhook-Signature",
            SignatureField = field,
            Encoding = WebhookEncoding.Base64,
            Template = "{timestamp}{body}",
            TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp",
        };
        return TestDelivery.Scheme(options);
    }
}
