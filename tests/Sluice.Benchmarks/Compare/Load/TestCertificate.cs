using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Benchmarks.Compare;

/// <summary>
/// A certificate for the loopback address that is made anew for each run, and shown by everybody: the blob service, and all that are
/// compared. It vouches for itself, so whoever has its file as the file of authorities trusts it.
/// </summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-bench-tls-").FullName;
    private readonly X509Certificate2 _certificate;
    private readonly SslStreamCertificateContext _context;

    public TestCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
        File.WriteAllText(Path, made.ExportCertificatePem() + "\n");
        File.WriteAllText(KeyPath, key.ExportPkcs8PrivateKeyPem() + "\n");
        // As Windows needs it: a key that is not only in memory.
        _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        _context = SslStreamCertificateContext.Create(_certificate, null, offline: true);
    }

    /// <summary>The certificate, in PEM; also what is to be trusted.</summary>
    public string Path => System.IO.Path.Combine(_folder, "certificate.pem");

    /// <summary>Its key, in PEM.</summary>
    public string KeyPath => System.IO.Path.Combine(_folder, "key.pem");

    /// <summary>How the blob service speaks TLS.</summary>
    public SslServerAuthenticationOptions OfServer() => new()
    {
        ServerCertificateContext = _context,
        EnabledSslProtocols = SslProtocols.Tls13,
        CipherSuitesPolicy = Suite(),
    };

    /// <summary>How the client does: it trusts this certificate and no other.</summary>
    public SslClientAuthenticationOptions OfClient() => new()
    {
        TargetHost = "localhost",
        EnabledSslProtocols = SslProtocols.Tls13,
        CipherSuitesPolicy = Suite(),
        RemoteCertificateValidationCallback = (_, shown, _, _) =>
            shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(_certificate.RawDataMemory.Span),
    };

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // Both ends take one cipher only, so that none that is compared gets a cheaper one by its own preference.
    private static CipherSuitesPolicy? Suite() =>
        OperatingSystem.IsLinux() ? new CipherSuitesPolicy([TlsCipherSuite.TLS_AES_128_GCM_SHA256]) : null;
}
