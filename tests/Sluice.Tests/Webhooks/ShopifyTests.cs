namespace Sluice.Tests.Webhooks;

/// <summary>
/// The vector of Shopify's library
/// (https://github.com/Shopify/shopify-api-js/blob/main/packages/shopify-api/lib/webhooks/__tests__/validate.test.ts), for the algorithm of
/// https://shopify.dev/docs/apps/build/webhooks/subscribe/https
/// </summary>
public sealed class ShopifyTests
{
    private static readonly TestDelivery _published = new TestDelivery("{\"foo\": \"bar\"}")
        .With("X-Shopify-Hmac-Sha256", "B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g=")
        .With("X-Shopify-Webhook-Id", "123456789");

    [Fact]
    public void The_vector_of_its_library_verifies() => Assert.Null(_published.Verdict(TestDelivery.Scheme("shopify", "test_secret_key")));

    [Fact]
    public void Its_id_is_in_a_header_that_is_not_signed()
    {
        using var claim = _published.Claim(TestDelivery.Scheme("shopify", "test_secret_key"));

        Assert.Equal("123456789", claim.DeliveryId);
        Assert.False(claim.IdIsSigned);
    }
}
