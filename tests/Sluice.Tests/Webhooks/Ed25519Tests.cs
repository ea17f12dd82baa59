using System.Text;
using Sluice.Failures;
using Sluice.Webhooks;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Sluice.Tests.Webhooks;

/// <summary><c>v1a</c> of Standard Webhooks, which publishes no vector; those of Ed25519 are in RFC 8032, section 7.1.</summary>
public sealed class Ed25519Tests
{
    private const string Symmetric = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly byte[] _private = Convert.FromHexString("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    private static readonly byte[] _public = Convert.FromHexString("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

    private static string PublicSecret => "whpk_" + Convert.ToBase64String(_public);

    [Theory]
    [InlineData(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void The_vectors_of_RFC_8032_verify(string key, string message, string signature) =>
        Assert.True(TestDelivery.Ed25519.Read(Convert.FromHexString(key))!.Verifies(
            Convert.FromHexString(signature), Convert.FromHexString(message)));

    // With the neutral element as key, the signature of its double is valid for every message.
    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("3d4017c3")]
    public void A_key_under_which_anybody_could_sign_is_none(string key) => Assert.Null(TestDelivery.Ed25519.Read(Convert.FromHexString(key)));

    [Fact]
    public void A_delivery_that_is_signed_by_v1a_verifies_by_its_public_key_alone()
    {
        var scheme = TestDelivery.Scheme("standard-webhooks", PublicSecret);
        var delivery = Signed(Encoding.UTF8.GetBytes("{\"a\":1}"));

        using var claim = delivery.Claim(scheme);
        Assert.Equal(Ed25519Check.MaxBodyBytes, claim.MaxBytes);
        Assert.Null(delivery.Verdict(scheme));
        Assert.Equal(FailureKind.SignatureInvalid, (delivery with { Body = "{\"a\":2}"u8.ToArray() }).Verdict(scheme));
    }

    [Fact]
    public void The_largest_body_verifies_and_one_byte_more_does_not()
    {
        var scheme = TestDelivery.Scheme("standard-webhooks", PublicSecret);

        Assert.Null(Signed(new byte[Ed25519Check.MaxBodyBytes]).Verdict(scheme, 1, 63_999));
        Assert.Equal(FailureKind.BodyTooLarge, Signed(new byte[Ed25519Check.MaxBodyBytes + 1]).Verdict(scheme, 1, 64_000));

        // A second piece that would be too much does not make up for the first.
        Assert.Equal(FailureKind.BodyTooLarge, Signed(new byte[(2 * Ed25519Check.MaxBodyBytes) + 3]).Verdict(scheme, 1, 64_002));
    }

    [Fact]
    public void With_both_kinds_of_secret_either_signature_is_enough()
    {
        var scheme = TestDelivery.Scheme("standard-webhooks", Symmetric, PublicSecret);
        var asymmetric = Signed("{}"u8.ToArray());
        var wrong = $"v1,{Convert.ToBase64String(new byte[32])}";

        Assert.Null(asymmetric.Verdict(scheme));
        Assert.Null(asymmetric.With("webhook-signature", $"{wrong} {asymmetric.Headers["webhook-signature"]}").Verdict(scheme));
        Assert.Equal(FailureKind.SignatureInvalid, asymmetric.With("webhook-signature", wrong).Verdict(scheme));
        Assert.Equal(FailureKind.SignatureMissing, asymmetric.Verdict(TestDelivery.Scheme("standard-webhooks", Symmetric)));
    }

    [Theory]
    [InlineData(true, true, null)]
    [InlineData(true, false, null)]
    [InlineData(false, true, null)]
    [InlineData(false, false, FailureKind.SignatureInvalid)]
    public void Of_two_signatures_one_has_to_be_right(bool v1, bool v1a, FailureKind? expected)
    {
        var right = Signed("{}"u8.ToArray());
        var wrong = Signed("{ }"u8.ToArray());
        var symmetric = EventSigner.From(Symmetric)!.Sign("msg_1", right.Now, (v1 ? right : wrong).Body)
            .Single(static header => header.Name == "webhook-signature").Value;
        var asymmetric = (v1a ? right : wrong).Headers["webhook-signature"];
        var scheme = TestDelivery.Scheme("standard-webhooks", Symmetric, PublicSecret);

        Assert.Equal(expected, right.With("webhook-signature", $"{symmetric} {asymmetric}").Verdict(scheme, 1));
        Assert.Equal(expected, right.With("webhook-signature", $"{asymmetric} {symmetric}").Verdict(scheme, 1));
    }

    // It could be the new kind, which the sender adds while receivers know the old one only, or the other way round.
    [Fact]
    public void A_signature_that_no_secret_is_for_is_passed_over()
    {
        var asymmetric = Signed("{}"u8.ToArray());
        var scheme = TestDelivery.Scheme("standard-webhooks", PublicSecret);

        Assert.Equal(
            FailureKind.SignatureMissing,
            asymmetric.With("webhook-signature", $"v1,{Convert.ToBase64String(new byte[32])}").Verdict(scheme));
        Assert.Null(asymmetric.With("webhook-signature", $"v1,what {asymmetric.Headers["webhook-signature"]}").Verdict(scheme));
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, FailureKind.SignatureMalformed)]
    public void No_more_than_4_of_them_are_tried(int others, FailureKind? expected)
    {
        var signed = Signed("{}"u8.ToArray());
        var other = $"v1a,{Convert.ToBase64String(new byte[64])}";

        Assert.Equal(
            expected,
            signed.With("webhook-signature", string.Join(' ', [.. Enumerable.Repeat(other, others), signed.Headers["webhook-signature"]]))
                .Verdict(TestDelivery.Scheme("standard-webhooks", PublicSecret)));
    }

    private static TestDelivery Signed(byte[] body)
    {
        byte[] message = [.. "msg_1.1700000000."u8, .. body];
        var signature = new byte[Ed25519Check.SignatureBytes];
        Curve.Sign(_private, 0, message, 0, message.Length, signature, 0);
        return new TestDelivery(body)
            .With("webhook-id", "msg_1").With("webhook-timestamp", "1700000000").With(
                "webhook-signature", $"v1a,{Convert.ToBase64String(signature)}");
    }
}
