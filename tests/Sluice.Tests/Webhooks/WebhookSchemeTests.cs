using CsCheck;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Tests.Webhooks;

/// <summary>What holds for every scheme that signs.</summary>
public sealed class WebhookSchemeTests
{
    public static TheoryData<string> All => [.. SignedDelivery.Names];

    public static TheoryData<string> Timed => [.. SignedDelivery.Timed];

    [Theory]
    [MemberData(nameof(All))]
    public void It_does_not_matter_how_the_body_is_cut(string name)
    {
        var signed = SignedDelivery.Of(name);
        var scheme = signed.Scheme;

        Gen.Int[0, signed.Delivery.Body.Length].Array[0, 20].Sample(
            cuts => signed.Delivery.Verdict(scheme, cuts) is null, iter: 200, seed: "0N0XIzNsQ0O2");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void One_flipped_bit_of_the_body_or_of_what_else_is_signed_is_refused(string name)
    {
        var signed = SignedDelivery.Of(name);
        var scheme = signed.Scheme;
        var random = new Random(1000);

        Assert.Null(signed.Delivery.Verdict(scheme));
        for (var i = 0; i < 1000; i++)
        {
            var header = random.Next(signed.Signed.Length + 1);
            var flipped = header == signed.Signed.Length
                ? FlipBody(signed.Delivery, random)
                : FlipHeader(signed.Delivery, signed.Signed[header], random);
            Assert.NotNull(flipped.Verdict(scheme));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_body_that_is_cut_short_or_goes_on_is_refused(string name)
    {
        var signed = SignedDelivery.Of(name);
        var body = signed.Delivery.Body;

        Assert.Equal(FailureKind.SignatureInvalid, (signed.Delivery with { Body = body[..^1] }).Verdict(signed.Scheme));
        Assert.Equal(FailureKind.SignatureInvalid, (signed.Delivery with { Body = [.. body, 0] }).Verdict(signed.Scheme));
        Assert.Equal(FailureKind.SignatureInvalid, (signed.Delivery with { Body = [] }).Verdict(signed.Scheme));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void While_a_secret_is_rotated_the_old_one_and_the_new_one_verify_and_a_removed_one_does_not(string name)
    {
        var signed = SignedDelivery.Of(name);
        var other = signed.Other;

        Assert.Null(signed.Delivery.Verdict(With(signed.Options, signed.Secret, other)));
        Assert.Null(signed.Delivery.Verdict(With(signed.Options, other, signed.Secret)));
        Assert.Equal(FailureKind.SignatureInvalid, signed.Delivery.Verdict(With(signed.Options, other)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_secret_that_stands_there_twice_is_one(string name)
    {
        var signed = SignedDelivery.Of(name);

        Assert.Null(signed.Delivery.Verdict(With(signed.Options, signed.Secret, signed.Secret)));
    }

    [Theory]
    [MemberData(nameof(Timed))]
    public void A_time_of_5_minutes_before_or_after_is_near_enough_and_one_of_a_second_more_is_not(string name)
    {
        var (delivery, scheme) = (SignedDelivery.Of(name).Delivery, SignedDelivery.Of(name).Scheme);

        Assert.Null(delivery.At(SignedDelivery.Time - 300).Verdict(scheme));
        Assert.Null(delivery.At(SignedDelivery.Time + 300).Verdict(scheme));
        Assert.Equal(FailureKind.SignatureStale, delivery.At(SignedDelivery.Time - 301).Verdict(scheme));
        Assert.Equal(FailureKind.SignatureStale, delivery.At(SignedDelivery.Time + 301).Verdict(scheme));
    }

    [Theory]
    [MemberData(nameof(Timed))]
    public void The_tolerance_can_be_set(string name)
    {
        var signed = SignedDelivery.Of(name);
        signed.Options.Tolerance = TimeSpan.FromSeconds(10);

        Assert.Null(signed.Delivery.At(SignedDelivery.Time + 10).Verdict(signed.Scheme));
        Assert.Equal(FailureKind.SignatureStale, signed.Delivery.At(SignedDelivery.Time + 11).Verdict(signed.Scheme));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_body_that_passes_allocates_nothing(string name)
    {
        var signed = SignedDelivery.Of(name);
        var scheme = signed.Scheme;

        // The first fills the pool that Ed25519 keeps a body in.
        _ = Allocated();
        Assert.Equal(0, Allocated());

        long Allocated()
        {
            using var claim = signed.Delivery.Claim(scheme);
            claim.Check.Append(signed.Delivery.Body);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                claim.Check.Append(signed.Delivery.Body);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_refusal_says_nothing_that_came_or_was_expected(string name)
    {
        var signed = SignedDelivery.Of(name);
        Assert.False((signed.Delivery with { Headers = [] }).Begin(signed.Scheme).TryGet(out _, out var missing));

        using var claim = (signed.Delivery with { Body = [] }).Claim(signed.Scheme);
        var invalid = claim.Check.Verify();
        Assert.NotNull(invalid);
        Assert.Equal(Phase.Admit, missing.Phase);
        Assert.Equal(Phase.Seal, invalid.Phase);
        Assert.All(
            (string[])[.. signed.Delivery.Headers.Values, signed.Secret],
            secret => Assert.DoesNotContain(secret, missing.Detail + invalid.Detail, StringComparison.Ordinal));
    }

    private static TestDelivery FlipBody(TestDelivery delivery, Random random)
    {
        byte[] body = [.. delivery.Body];
        body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
        return delivery with { Body = body };
    }

    private static TestDelivery FlipHeader(TestDelivery delivery, (string Header, Range Part) signed, Random random)
    {
        var value = delivery.Headers[signed.Header].ToCharArray();
        var (from, length) = signed.Part.GetOffsetAndLength(value.Length);
        value[from + random.Next(length)] ^= (char)(1 << random.Next(7));
        return delivery.With(signed.Header, new string(value));
    }

    private static Sluice.Webhooks.WebhookScheme With(WebhookSourceOptions options, params string[] secrets)
    {
        options.Secrets.Clear();
        foreach (var secret in secrets)
        {
            options.Secrets.Add(secret);
        }

        return TestDelivery.Scheme(options);
    }
}
