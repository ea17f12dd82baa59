using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.IntegrationTests.Relay;

/// <summary>An authority, a server of it on 127.0.0.1, and a client of it, in a folder that is deleted at the end.</summary>
internal sealed class TestCertificates : IDisposable
{
    public const string Password = "p\u00e4ss word";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-certificates-");

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test Authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        Authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Server = Issue("CN=127.0.0.1", "1.3.6.1.5.5.7.3.1");
        Client = Issue("CN=Sluice", "1.3.6.1.5.5.7.3.2");
        File.WriteAllText(AuthorityPath, Authority.ExportCertificatePem());
        File.WriteAllBytes(ClientPath, Client.Export(X509ContentType.Pkcs12, Password));
        File.WriteAllBytes(ServerPath, Server.Export(X509ContentType.Pkcs12, Password));
    }

    /// <summary>Signs the others.</summary>
    public X509Certificate2 Authority { get; }

    public X509Certificate2 Server { get; }

    public X509Certificate2 Client { get; }

    /// <summary>What OpenSSL takes as <c>SSL_CERT_FILE</c>.</summary>
    public string AuthorityPath => Path.Combine(_folder.FullName, "authority.pem");

    public string ServerPath => Path.Combine(_folder.FullName, "server.pfx");

    public string ClientPath => Path.Combine(_folder.FullName, "client.pfx");

    /// <summary>Holds no certificate.</summary>
    public string EmptyFolder => _folder.CreateSubdirectory("none").FullName;

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
        Authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private X509Certificate2 Issue(string name, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        using var issued = request.Create(Authority, Authority.NotBefore, Authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        // Some systems can't use a key that was never in a file.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
