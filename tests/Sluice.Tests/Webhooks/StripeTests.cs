using Sluice.Failures;

namespace Sluice.Tests.Webhooks;

/// <summary>
/// https://docs.stripe.com/webhooks?verify=verify-manually#verify-manually publishes no vector; this signature was made by stripe-node
/// 23.1.0 (<c>generateTestHeaderString</c>), with the secret and the event of its own tests.
/// </summary>
public sealed class StripeTests
{
    private const string Secret = "whsec_test_secret";
    private const string Event = "{\n  \"id\": \"evt_test_webhook\",\n  \"object\": \"event\"\n}";
    private const long Signed = 1_700_000_000;

    private const string Signature = "4f1cd7feda9826e746b7d482c4badebb657398df1099e1046364f6196a230150";

    private static readonly TestDelivery _sent = new TestDelivery(Event).With("Stripe-Signature", $"t={Signed},v1={Signature}");

    [Fact]
    public void The_documented_way_of_signing_verifies() => Assert.Null(_sent.Verdict(TestDelivery.Scheme("stripe", Secret)));

    [Fact]
    public void Its_id_is_in_the_body()
    {
        using var claim = _sent.Claim(TestDelivery.Scheme("stripe", Secret));

        Assert.Null(claim.DeliveryId);
        Assert.Equal(["/id"], claim.IdPointers.Select(static pointer => pointer.Text));
    }

    [Fact]
    public void SeveralSignatures_and_other_kinds_may_come_in_any_order()
    {
        var other = new string('0', 64);

        Assert.Null(_sent.With("Stripe-Signature", $"v1={other},v0=x,v1={Signature},t={Signed},more").Verdict(TestDelivery.Scheme(
            "stripe", Secret)));
        Assert.Equal(
            FailureKind.SignatureInvalid,
            _sent.With("Stripe-Signature", $"t={Signed},v1={other},v0={Signature}").Verdict(TestDelivery.Scheme("stripe", Secret)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("t=1700000000")]
    [InlineData("t=1700000000,v0=0000")]
    public void Without_aSignature_that_is_checked_it_is_missing(string header) =>
        Assert.Equal(FailureKind.SignatureMissing, _sent.With("Stripe-Signature", header).Verdict(TestDelivery.Scheme("stripe", Secret)));

    [Fact]
    public void More_than_32_signatures_are_refused_before_any_is_tried()
    {
        var scheme = TestDelivery.Scheme("stripe", Secret);

        Assert.Null(_sent.With("Stripe-Signature", Header(32)).Verdict(scheme));
        Assert.Equal(FailureKind.SignatureMalformed, _sent.With("Stripe-Signature", Header(33)).Verdict(scheme));

        static string Header(int signatures) => $"t={Signed},{string.Join(',', Enumerable.Repeat($"v1={Signature}", signatures))}";
    }

    // 11 digits last until the year 5138: it is a time, though not a near one.
    [Theory]
    [InlineData("99999999999", FailureKind.SignatureStale)]
    [InlineData("100000000000", FailureKind.SignatureMalformed)]
    public void A_time_has_up_to_11_digits(string time, FailureKind expected) =>
        Assert.Equal(expected, _sent.With("Stripe-Signature", $"t={time},v1={Signature}").Verdict(TestDelivery.Scheme("stripe", Secret)));

    [Theory]
    [InlineData("t=1700000000,t=1700000001,v1={0}")]
    [InlineData("t=1700000000,v1=potato")]
    [InlineData("v1={0}")]
    [InlineData("t=,v1={0}")]
    [InlineData("t=-1700000000,v1={0}")]
    [InlineData("t=+1700000000,v1={0}")]
    [InlineData("t= 1700000000,v1={0}")]
    [InlineData("t=1700000000.0,v1={0}")]
    [InlineData("t=1.7e9,v1={0}")]
    [InlineData("t=0x6553f100,v1={0}")]
    [InlineData("t=170000000000000000000000,v1={0}")]
    public void What_can_be_read_in_two_ways_or_in_none_is_malformed(string header) => Assert.Equal(
        FailureKind.SignatureMalformed,
        _sent.With("Stripe-Signature", header.Replace("{0}", Signature, StringComparison.Ordinal))
            .Verdict(TestDelivery.Scheme("stripe", Secret)));
}
