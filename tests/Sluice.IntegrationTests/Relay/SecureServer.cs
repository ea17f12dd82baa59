using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Trusts one authority of its own (by OpenSSL's variables), and relays to a service that asks for a certificate.</summary>
public sealed class SecureServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    private ScriptedService? _service;

    internal ScriptedService Service => _service!;

    internal TestCertificates Certificates { get; } = new();

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["SSL_CERT_FILE"] = Certificates.AuthorityPath,
        ["SSL_CERT_DIR"] = Certificates.EmptyFolder,
        ["Sluice:Relay:Targets:mutual:Address"] = $"{Service.Address()}",
        ["Sluice:Relay:Targets:mutual:ClientCertificatePath"] = Certificates.ClientPath,
        ["Sluice:Relay:Targets:mutual:ClientCertificatePassword"] = TestCertificates.Password,
        ["Sluice:Relay:Targets:unknown:Address"] = $"{Service.Address()}",
        // The certificate is the address's, not the name's.
        ["Sluice:Relay:Targets:misnamed:Address"] = $"https://localhost:{Service.Address().Port}",
        ["Sluice:Relay:Targets:misnamed:ClientCertificatePath"] = Certificates.ClientPath,
        ["Sluice:Relay:Targets:misnamed:ClientCertificatePassword"] = TestCertificates.Password,
    };

    protected override async Task PrepareAsync() => _service = await ScriptedService.StartAsync(listen =>
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(https =>
        {
            https.ServerCertificate = Certificates.Server;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => certificate.Thumbprint == Certificates.Client.Thumbprint;
        });
    });

    protected override async ValueTask CleanUpAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        Certificates.Dispose();
    }
}
