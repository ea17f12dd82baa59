using System.Security.Cryptography;
using System.Text;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.Tests.Webhooks;

/// <summary>Senders that the settings describe.</summary>
public sealed class HmacTests
{
    // RFC 4231, section 4.3, and RFC 2202, section 3: key "Jefe", data "what do ya want for nothing?".
    [Theory]
    [InlineData(WebhookHmacAlgorithm.Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")]
    [InlineData(WebhookHmacAlgorithm.Sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData(
        WebhookHmacAlgorithm.Sha512,
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737")]
    public void The_vectors_of_RFC_2202_and_RFC_4231_verify(WebhookHmacAlgorithm algorithm, string signature)
    {
        var options = TestDelivery.Options("hmac", "Jefe");
        options.Hmac = new() { Header = "X-Signature", Algorithm = algorithm };
        var delivery = new TestDelivery("what do ya want for nothing?").With("X-Signature", signature);

        Assert.Null(delivery.Verdict(TestDelivery.Scheme(options)));
        Assert.Null(delivery.With("X-Signature", signature.ToUpperInvariant()).Verdict(TestDelivery.Scheme(options)));
    }

    [Theory]
    [InlineData(WebhookEncoding.Text, "Jefe")]
    [InlineData(WebhookEncoding.Hex, "4a656665")]
    [InlineData(WebhookEncoding.Base64, "SmVmZQ==")]
    public void A_secret_is_text_or_the_bytes_that_it_stands_for(WebhookEncoding encoding, string secret)
    {
        var options = TestDelivery.Options("hmac", secret);
        options.Hmac = new() { Header = "X-Signature", SecretEncoding = encoding };

        Assert.Null(new TestDelivery("what do ya want for nothing?")
            .With("X-Signature", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
            .Verdict(TestDelivery.Scheme(options)));
    }

    [Fact]
    public void A_secret_may_have_letters_of_any_language()
    {
        var options = TestDelivery.Options("hmac", "schlüssel-鍵");
        options.Hmac = new() { Header = "X-Signature" };
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("schlüssel-鍵"), "b"u8));

        Assert.Null(new TestDelivery("b").With("X-Signature", signature).Verdict(TestDelivery.Scheme(options)));
    }

    // A setting is emptied to be as if it were not there.
    [Fact]
    public void An_empty_name_of_the_header_with_the_time_is_none()
    {
        var options = TestDelivery.Options("hmac", "s");
        options.Hmac = new() { Header = "X-Signature", TimestampHeader = "" };

        Assert.Null(new TestDelivery("b").With("X-Signature", Sign("b")).Verdict(TestDelivery.Scheme(options)));
    }

    [Theory]
    [InlineData("!", null)]
    [InlineData("a~z", null)]
    [InlineData("a b", FailureKind.HeaderInvalid)]
    [InlineData("a\u007f", FailureKind.HeaderInvalid)]
    [InlineData("é", FailureKind.HeaderInvalid)]
    public void An_id_in_a_header_is_of_visible_ASCII_characters(string id, FailureKind? expected)
    {
        var options = TestDelivery.Options("hmac", "s");
        (options.Hmac, options.IdHeader) = (new() { Header = "X-Signature" }, "X-Id");

        Assert.Equal(expected, new TestDelivery("b").With("X-Signature", Sign("b")).With("X-Id", id).Verdict(TestDelivery.Scheme(options)));
    }

    [Fact]
    public void An_id_that_is_not_signed_may_be_left_out()
    {
        var options = TestDelivery.Options("hmac", "s");
        (options.Hmac, options.IdHeader) = (new() { Header = "X-Signature" }, "X-Id");
        var delivery = new TestDelivery("b").With("X-Signature", Sign("b"));

        using var unnamed = delivery.Claim(TestDelivery.Scheme(options));
        using var named = delivery.With("X-Id", "7").Claim(TestDelivery.Scheme(options));
        using var empty = delivery.With("X-Id", "").Claim(TestDelivery.Scheme(options));

        Assert.Null(unnamed.DeliveryId);
        Assert.Null(empty.DeliveryId);
        Assert.Equal("7", named.DeliveryId);
        Assert.False(named.IdIsSigned);
        Assert.Null(delivery.With("X-Id", new string('7', 512)).Verdict(TestDelivery.Scheme(options)));
        Assert.Equal(FailureKind.HeaderInvalid, delivery.With("X-Id", new string('7', 513)).Verdict(TestDelivery.Scheme(options)));
    }

    [Fact]
    public void An_id_that_is_signed_has_to_come_and_to_be_readable_in_one_way()
    {
        var options = TestDelivery.Options("hmac", "s");
        (options.Hmac, options.IdHeader) = (new() { Header = "X-Signature", Template = "{id}--{body}" }, "X-Id");
        var delivery = new TestDelivery("b").With("X-Signature", Sign("a-a--b")).With("X-Id", "a-a");
        var moved = new TestDelivery("c--b").With("X-Signature", Sign("a--c--b")).With("X-Id", "a--c") with { Body = "b"u8.ToArray() };

        // The text is that of the id a and the body -b too: the end of the id and the beginning of what ends it make another end.
        var taken = new TestDelivery("b").With("X-Signature", Sign("a---b")).With("X-Id", "a-");

        Assert.Null(delivery.Verdict(TestDelivery.Scheme(options)));
        Assert.Equal(FailureKind.SignatureMissing, delivery.Without("X-Id").Verdict(TestDelivery.Scheme(options)));
        Assert.Equal(FailureKind.SignatureMalformed, moved.Verdict(TestDelivery.Scheme(options)));
        Assert.Equal(FailureKind.SignatureMalformed, taken.Verdict(TestDelivery.Scheme(options)));
        Assert.True(delivery.Claim(TestDelivery.Scheme(options)).IdIsSigned);
    }

    [Fact]
    public void An_id_can_be_taken_from_the_body_instead()
    {
        var options = TestDelivery.Options("github", "s");
        options.IdPointer = "/head_commit/id";
        using var claim = new TestDelivery("b").With("X-Hub-Signature-256", $"sha256={Sign("b")}").With("X-GitHub-Delivery", "7").Claim(
            TestDelivery.Scheme(options));

        Assert.Null(claim.DeliveryId);
        Assert.Equal(["/head_commit/id"], claim.IdPointers.Select(static pointer => pointer.Text));
    }

    [Fact]
    public void Without_a_scheme_everybody_is_believed()
    {
        var options = TestDelivery.Options("none");
        options.IdHeader = "X-Id";
        using var claim = new TestDelivery("b").With("X-Id", "7").Claim(TestDelivery.Scheme(options));

        Assert.Same(NoCheck.Instance, claim.Check);
        Assert.Equal("7", claim.DeliveryId);
        Assert.Null(claim.Check.Verify());
    }

    private static string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData("s"u8, Encoding.UTF8.GetBytes(text)));
}
