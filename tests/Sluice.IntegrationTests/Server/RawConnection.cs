using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sluice.IntegrationTests.Server;

/// <summary>A client of which every byte is the test's own: it can stop in the middle, listen before it sent, or hang up.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _tcp;
    private readonly Stream _stream;
    private readonly StreamReader _reader;

    private RawConnection(TcpClient tcp, Stream stream)
    {
        (_tcp, _stream) = (tcp, stream);
        // One character a byte, so that lengths are lengths.
        _reader = new StreamReader(stream, Encoding.Latin1);
    }

    /// <summary>Connects.</summary>
    /// <param name="address">The server.</param>
    /// <param name="authority">Who signed its certificate; null: without TLS.</param>
    public static async Task<RawConnection> OpenAsync(Uri address, X509Certificate2? authority = null)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        if (authority is null)
            return new RawConnection(tcp, tcp.GetStream());
        var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = address.Host,
                ApplicationProtocols = [SslApplicationProtocol.Http11],
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
            TestContext.Current.CancellationToken);
        return new RawConnection(tcp, tls);
    }

    /// <summary>Sends a request's head; its lines are separated by line feeds.</summary>
    public Task SendHeadAsync(string lines) => SendAsync(lines.ReplaceLineEndings("\r\n") + "\r\nHost: sluice\r\n\r\n");

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) =>
        await _stream.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>The next answer: its status line, its header lines and as many bytes as it declares.</summary>
    public async Task<RawAnswer> ReadAnswerAsync()
    {
        var answer = await ReadHeadAsync();
        var body = new char[int.Parse(answer.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)];
        // Reading nothing would wait for something.
        if (body.Length > 0)
            await _reader.ReadBlockAsync(body, TestContext.Current.CancellationToken);
        return answer with { Body = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body)) };
    }

    /// <summary>The next answer without its content: all there is when the request was HEAD.</summary>
    public async Task<RawAnswer> ReadHeadAsync()
    {
        var head = new List<string>();
        while (await _reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } line)
            head.Add(line);
        return new RawAnswer(head, "");
    }

    /// <summary>Hangs up at once (RST), whatever is on its way.</summary>
    public void Reset()
    {
        _tcp.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        _tcp.Close();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _tcp.Dispose();
    }
}
