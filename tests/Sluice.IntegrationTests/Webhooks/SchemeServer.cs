using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>A server with a source for each way to sign. They store into the server's own container, which begins empty.</summary>
public sealed class SchemeServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    /// <summary>The secret of sources that have one of Standard Webhooks.</summary>
    internal const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>The secret of all others. Stripe's have to begin so.</summary>
    internal const string TextSecret = "whsec_test_secret";

    // RFC 8032, section 7.1, test 2.
    private static readonly byte[] _public = Convert.FromHexString("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

    /// <summary>The private key of the source <c>v1a</c>.</summary>
    internal static byte[] PrivateKey { get; } = Convert.FromHexString("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

    protected override IReadOnlyDictionary<string, string> Settings
    {
        get
        {
            var settings = new Dictionary<string, string>
            {
                ["Sluice:Hooks:Sources:hmac:Hmac:Header"] = "X-Signature",
                ["Sluice:Hooks:Sources:hmac:Hmac:Template"] = "{id}|{timestamp}|{body}",
                ["Sluice:Hooks:Sources:hmac:Hmac:TimestampHeader"] = "X-Time",
                ["Sluice:Hooks:Sources:hmac:IdHeader"] = "X-Id",
            };
            Add("standard-webhooks", "standard-webhooks", StandardSecret);
            Add("svix", "svix", StandardSecret);
            Add("large", "github", TextSecret);
            Add("v1a", "standard-webhooks", $"whpk_{Convert.ToBase64String(_public)}");
            foreach (var scheme in (string[])["github", "stripe", "slack", "shopify", "hmac"])
                Add(scheme, scheme, TextSecret);
            return settings;

            void Add(string source, string scheme, string secret)
            {
                settings[$"Sluice:Hooks:Sources:{source}:Scheme"] = scheme;
                settings[$"Sluice:Hooks:Sources:{source}:Secrets:0"] = secret;
                settings[$"Sluice:Hooks:Sources:{source}:Store:Container"] = Container.Name;
            }
        }
    }

    internal Task<HttpResponseMessage> DeliverAsync(string source, byte[] body, IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Post, $"/api/hooks/{source}", Payload.Content(body), 1, [.. headers]);
}
