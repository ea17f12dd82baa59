using Sluice.Failures;

namespace Sluice.Tests.Webhooks;

/// <summary>
/// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
/// </summary>
public sealed class GitHubTests
{
    private const string Secret = "It's a Secret to Everybody";

    private static readonly TestDelivery _documented = new TestDelivery("Hello, World!")
        .With("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
        .With("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958");

    [Fact]
    public void The_documented_delivery_verifies() => Assert.Null(_documented.Verdict(TestDelivery.Scheme("github", Secret)));

    [Fact]
    public void Its_id_is_in_a_header_that_is_not_signed()
    {
        using var claim = _documented.Claim(TestDelivery.Scheme("github", Secret));

        Assert.Equal("72d3162e-cc78-11e3-81ab-4c9367dc0958", claim.DeliveryId);
        Assert.False(claim.IdIsSigned);
    }

    [Theory]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1g")]
    [InlineData("sha256= 57107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha256=")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043E17")]
    public void A_signature_that_is_written_in_another_way_is_malformed(string value) => Assert.Equal(
        FailureKind.SignatureMalformed, _documented.With("X-Hub-Signature-256", value).Verdict(TestDelivery.Scheme("github", Secret)));

    [Fact]
    public void The_old_header_with_SHA_1_does_not_do() => Assert.Equal(
        FailureKind.SignatureMissing,
        _documented.Without("X-Hub-Signature-256")
            .With("X-Hub-Signature", "sha1=" + new string('0', 40))
            .Verdict(TestDelivery.Scheme("github", Secret)));
}
