using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Server;

/// <summary>A server with an endpoint for TLS beside the others.</summary>
public abstract class HttpsServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    private readonly TestCertificates _certificates = new();

    /// <summary>Settings beyond those of the endpoint.</summary>
    protected abstract IReadOnlyDictionary<string, string> MoreSettings { get; }

    protected sealed override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(MoreSettings)
    {
        ["Kestrel:Endpoints:Https:Url"] = "https://127.0.0.1:0",
        ["Kestrel:Endpoints:Https:Certificate:Path"] = _certificates.ServerPath,
        ["Kestrel:Endpoints:Https:Certificate:Password"] = TestCertificates.Password,
    };

    /// <summary>A connection on which a test writes and reads bytes itself, over TLS or without.</summary>
    internal Task<RawConnection> ConnectAsync(bool tls) =>
        tls ? RawConnection.OpenAsync(SecureAddress, _certificates.Authority) : ConnectAsync();

    protected override ValueTask CleanUpAsync()
    {
        _certificates.Dispose();
        return default;
    }
}
