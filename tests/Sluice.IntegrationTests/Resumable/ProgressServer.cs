using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>Tells clients every second how far their uploads are; over TLS too.</summary>
public sealed class ProgressServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Sluice:Resumable:ProgressInterval"] = "00:00:01",
        ["Sluice:Blob:BlockBytes"] = "65536",
        ["Kestrel:Endpoints:Https:Url"] = "https://127.0.0.1:0",
        ["Kestrel:Endpoints:Https:Certificate:Path"] = Certificates.ServerPath,
        ["Kestrel:Endpoints:Https:Certificate:Password"] = TestCertificates.Password,
    };

    private TestCertificates Certificates { get; } = new();

    /// <summary>A connection on which a test writes and reads bytes itself, over TLS or without.</summary>
    internal Task<RawConnection> ConnectAsync(bool tls) =>
        tls ? RawConnection.OpenAsync(SecureAddress, Certificates.Authority) : ConnectAsync();

    protected override ValueTask CleanUpAsync()
    {
        Certificates.Dispose();
        return default;
    }
}
