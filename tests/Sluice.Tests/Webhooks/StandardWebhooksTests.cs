using System.Globalization;
using Sluice.Failures;

namespace Sluice.Tests.Webhooks;

/// <summary>
/// The vector is that of the specification's own libraries
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/webhook.test.ts).
/// </summary>
public sealed class StandardWebhooksTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const long Signed = 1614265330;
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly TestDelivery _published = new TestDelivery("{\"test\": 2432232314}")
        .With("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .With("webhook-timestamp", Signed.ToString(CultureInfo.InvariantCulture))
        .With("webhook-signature", Signature)
        .At(Signed);

    [Fact]
    public void The_published_vector_verifies() => Assert.Null(_published.Verdict(TestDelivery.Scheme("standard-webhooks", Secret)));

    [Fact]
    public void Its_id_is_the_one_that_is_signed()
    {
        using var claim = _published.Claim(TestDelivery.Scheme("standard-webhooks", Secret));

        Assert.Equal("msg_p5jXN8AQM9LWM0D4loKWxJek", claim.DeliveryId);
        Assert.True(claim.IdIsSigned);
        Assert.Null(claim.MaxBytes);
    }

    [Fact]
    public void One_of_several_signatures_is_enough_and_versions_to_come_are_passed_over() => Assert.Null(_published
        .With(
            "webhook-signature",
            $"v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,AAAA nonsense {Signature} v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=")
        .Verdict(TestDelivery.Scheme("standard-webhooks", Secret)));

    [Theory]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", FailureKind.SignatureMissing)]
    [InlineData("v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==", FailureKind.SignatureMissing)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", FailureKind.SignatureMalformed)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=", FailureKind.SignatureMalformed)] // The same bytes, in another digit.
    [InlineData("v1,g0hM9SsE", FailureKind.SignatureMalformed)]
    [InlineData("v1,", FailureKind.SignatureMalformed)]
    [InlineData("v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=", FailureKind.SignatureInvalid)]
    public void What_is_no_signature_of_its_kind_says_why(string header, FailureKind kind) =>
        Assert.Equal(kind, _published.With("webhook-signature", header).Verdict(TestDelivery.Scheme("standard-webhooks", Secret)));

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public void All_three_headers_have_to_come(string header) => Assert.Equal(
        FailureKind.SignatureMissing, _published.Without(header).Verdict(TestDelivery.Scheme("standard-webhooks", Secret)));

    // "msg_1.1614265330.{"a":1}" could else also be the id "msg_1.1614265330" ... with a time that the body's author chose.
    [Fact]
    public void An_id_with_a_full_stop_could_be_read_in_two_ways_and_is_refused() => Assert.Equal(
        FailureKind.SignatureMalformed, _published.With("webhook-id", "msg_1.2").Verdict(TestDelivery.Scheme("standard-webhooks", Secret)));

    [Fact]
    public void More_than_32_signatures_are_refused_before_any_is_tried()
    {
        var scheme = TestDelivery.Scheme("standard-webhooks", Secret);

        Assert.Null(_published.With("webhook-signature", string.Join(' ', Enumerable.Repeat(Signature, 32))).Verdict(scheme));
        Assert.Equal(
            FailureKind.SignatureMalformed,
            _published.With("webhook-signature", string.Join(' ', Enumerable.Repeat(Signature, 33))).Verdict(scheme));
    }

    [Fact]
    public void A_header_of_more_than_4096_characters_is_refused()
    {
        var scheme = TestDelivery.Scheme("standard-webhooks", Secret);
        var fits = $"{Signature} {new string('x', 4096 - 1 - Signature.Length)}";

        Assert.Null(_published.With("webhook-signature", fits).Verdict(scheme));
        Assert.Equal(FailureKind.SignatureMalformed, _published.With("webhook-signature", fits + "x").Verdict(scheme));
    }

    [Fact]
    public void Svix_sends_the_same_under_its_own_names()
    {
        var svix = new TestDelivery(_published.Body) { Now = _published.Now }
            .With("svix-id", _published.Headers["webhook-id"])
            .With("svix-timestamp", _published.Headers["webhook-timestamp"])
            .With("svix-signature", Signature);

        Assert.Null(svix.Verdict(TestDelivery.Scheme("svix", Secret)));
        Assert.Null(_published.Verdict(TestDelivery.Scheme("svix", Secret)));
        Assert.Equal(FailureKind.SignatureMissing, svix.Verdict(TestDelivery.Scheme("standard-webhooks", Secret)));
    }

    [Fact]
    public void The_two_families_of_headers_are_never_mixed() => Assert.Equal(
        FailureKind.SignatureMissing,
        _published.With("svix-signature", Signature).Verdict(TestDelivery.Scheme("svix", Secret)));
}
