using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// An HTTP/1.1 client that does exactly what it is told: HttpClient would neither break off in the middle nor break the rules.
/// </summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly MemoryStream _received = new();

    public static async Task<RawClient> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        return client;
    }

    public Task SendHeadAsync(string path, IEnumerable<string> headers, CancellationToken cancellationToken) =>
        SendHeadAsync("PUT", path, headers, cancellationToken);

    public Task SendHeadAsync(string method, string path, IEnumerable<string> headers, CancellationToken cancellationToken) =>
        SendAsync(
            $"{method} {path} HTTP/1.1\r\nHost: sluice\r\n{string.Concat(headers.Select(static header => $"{header}\r\n"))}\r\n",
            cancellationToken);

    public Task SendAsync(string text, CancellationToken cancellationToken) => SendAsync(Encoding.ASCII.GetBytes(text), cancellationToken);

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
            bytes =
                bytes[await _socket.SendAsync(bytes, cancellationToken).AsTask().WaitAsync(SluiceFixture.Patience, cancellationToken)..];
    }

    /// <summary>One chunk, or with no bytes the last one.</summary>
    public async Task SendChunkAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await SendAsync($"{bytes.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n", cancellationToken);
        await SendAsync(bytes, cancellationToken);
        await SendAsync("\r\n", cancellationToken);
    }

    /// <summary>The next response, interim ones included.</summary>
    public async Task<Answer> ReadAsync(CancellationToken cancellationToken)
    {
        int end;
        while ((end = Received().IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (await ReceiveAsync(cancellationToken) == 0)
                throw new IOException($"The server closed the connection after {_received.Length} bytes of a response.");
        }
        var lines = Encoding.ASCII.GetString(Received()[..end]).Split("\r\n");
        // A field may have several lines (RFC 9110, section 5.3).
        var headers = lines.Skip(1).Select(static line => line.Split(": ", 2))
            .GroupBy(static parts => parts[0], static parts => parts[1], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static field => field.Key, static field => string.Join(", ", field), StringComparer.OrdinalIgnoreCase);
        var length = headers.TryGetValue("Content-Length", out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : 0;
        while (_received.Length < end + 4 + length)
        {
            if (await ReceiveAsync(cancellationToken) == 0)
                throw new IOException("The server closed the connection in the middle of a body.");
        }
        var body = Encoding.UTF8.GetString(Received().Slice(end + 4, length));
        var rest = Received()[(end + 4 + length)..].ToArray();
        _received.SetLength(0);
        _received.Write(rest);
        return new Answer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, body);
    }

    /// <summary>Whether no byte comes for so long; a server that hangs up says nothing either.</summary>
    public async Task<bool> IsSilentAsync(TimeSpan time, CancellationToken cancellationToken) =>
        _received.Length == 0 && !await HasMoreAsync(time, cancellationToken);

    /// <summary>Keeps what comes, until nothing does for so long, or the server closes the connection.</summary>
    public async Task ReadUntilSilentAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        while (await HasMoreAsync(time, cancellationToken))
            await ReceiveAsync(cancellationToken);
    }

    /// <summary>All that comes until the server closes the connection, one character a byte.</summary>
    public async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        await UntilClosedAsync(cancellationToken);
        return Encoding.Latin1.GetString(Received());
    }

    /// <summary>Waits until the server has closed the connection, in order or not, and says how many bytes came before.</summary>
    public async Task<long> UntilClosedAsync(CancellationToken cancellationToken)
    {
        var before = _received.Length;
        try
        {
            while (await ReceiveAsync(cancellationToken) > 0)
                continue;
        }
        catch (SocketException)
        {
            // Reset.
        }
        return _received.Length - before;
    }

    /// <summary>Ends its half of the connection, as a client that ends in order does (FIN).</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection, as a crash of the client's machine does (RST).</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    // Whether a byte comes in so long; not at the end of the connection.
    private async Task<bool> HasMoreAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(time);
        try
        {
            return await _socket.ReceiveAsync(new byte[1], SocketFlags.Peek, limit.Token) > 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private ReadOnlySpan<byte> Received() => _received.GetBuffer().AsSpan(0, (int)_received.Length);

    private async Task<int> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var count = await _socket.ReceiveAsync(buffer, cancellationToken).AsTask().WaitAsync(SluiceFixture.Patience, cancellationToken);
        _received.Write(buffer, 0, count);
        return count;
    }
}
