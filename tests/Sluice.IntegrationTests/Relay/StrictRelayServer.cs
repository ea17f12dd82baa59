using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Has little patience with clients, and takes no more than <see cref="MaxBytes"/> of a body.</summary>
public sealed class StrictRelayServer(AzuriteFixture azurite) : RelayServer(azurite)
{
    internal const int MaxBytes = TestBody.Mib;

    internal static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(3);

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings)
    {
        ["Sluice:Body:IdleTimeout"] = $"{IdleTimeout:c}",
        ["Sluice:Body:DrainTimeout"] = "00:00:00.5",
        ["Sluice:Body:MaxBytes"] = $"{MaxBytes}",
    };
}
