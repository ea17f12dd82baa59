using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>Everything is HTTPS with TLS 1.2 at least.</summary>
internal static class TransportRule
{
    public static IReadOnlyList<string> Violations(JsonNode snapshot) =>
    [
        .. Unlike(snapshot, App, "properties.httpsOnly", "true"),
        .. Unlike(snapshot, App, "properties.siteConfig.minTlsVersion", "1.2"),
        .. Unlike(snapshot, Storage, "properties.supportsHttpsTrafficOnly", "true"),
        .. Unlike(snapshot, Storage, "properties.minimumTlsVersion", "TLS1_2"),
        .. Unlike(snapshot, ContainerApp, "properties.configuration.ingress.allowInsecure", "false"),
    ];
}
