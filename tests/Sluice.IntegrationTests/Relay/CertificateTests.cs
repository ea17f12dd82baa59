using System.Security.Cryptography;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>TLS to a target, with certificates on both sides.</summary>
public sealed class CertificateTests(SecureServer server) : IClassFixture<SecureServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_targets_certificate_is_shown_and_HTTP2_is_negotiated()
    {
        SkipWhereOpenSslIsNot();
        var (body, path) = (TestBody.Of(1_000_000), server.Service.At(static async (context, exchange) =>
        {
            await exchange.ReadAsync();
            await Scripts.WriteAsync(context, $"{exchange.Protocol} {context.Connection.ClientCertificate?.Subject} {exchange.Sha256}");
        }));

        using var answer = await server.SendAsync(HttpMethod.Put, $"/api/relay/mutual/{path}", Payload.Content(body));

        Assert.Equal($"HTTP/2 CN=Sluice {Convert.ToHexString(SHA256.HashData(body))}", await answer.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("unknown", "")]
    [InlineData("misnamed", "502 downstream-unreachable")]
    public async Task Without_a_certificate_or_with_a_wrong_name_nothing_is_sent(string target, string problem)
    {
        SkipWhereOpenSslIsNot();
        var path = server.Service.At(Scripts.Echo);

        using var response = await server.SendAsync(HttpMethod.Put, $"/api/relay/{target}/{path}", Payload.Content([1]));

        // TLS 1.3 refuses a client after the handshake, so that may look like a service that went away.
        var answer = await Answer.OfAsync(response, Token);
        Assert.Contains(answer.Problem, problem.Length > 0 ? [problem] : (string[])["502 downstream-unreachable", "502 downstream-broke"]);
        Assert.False(server.Service.HasSeen(path));
    }

    // Which authorities are trusted is a matter of the machine elsewhere.
    private static void SkipWhereOpenSslIsNot() => Assert.SkipUnless(OperatingSystem.IsLinux(), "SSL_CERT_FILE is OpenSSL's.");
}
