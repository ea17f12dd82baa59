using System.Net;
using System.Net.Sockets;

namespace Sluice.IntegrationTests.Samples;

/// <summary>A wire to a server, on which one connection breaks: the one that carries a certain byte of what clients send.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _server;
    private readonly long _cutAt;
    private readonly Task _accepting;
    private long _sentBytes;
    private int _connections;

    /// <summary>Starts one.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cutAt">After how many bytes of all clients together it breaks.</param>
    public CuttingProxy(Uri server, long cutAt)
    {
        (_server, _cutAt) = (server, cutAt);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>How many bytes clients have sent: requests and their headers.</summary>
    public long SentBytes => Interlocked.Read(ref _sentBytes);

    /// <summary>Whether it has broken a connection.</summary>
    public bool HasCut => SentBytes >= _cutAt;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        while (Volatile.Read(ref _connections) > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                _ = ForwardAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, ends.Token);
            var (up, down) = (CopyAsync(client, server, isUp: true, ends.Token), CopyAsync(server, client, isUp: false, ends.Token));
            await Task.WhenAny(up, down);
            await ends.CancelAsync();
            await Task.WhenAll(up, down);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // One of the two sides has hung up.
        }
        finally
        {
            client.Dispose();
            Interlocked.Decrement(ref _connections);
        }
    }

    // Returns at the end of the connection, and at the cut.
    private async Task CopyAsync(Socket from, Socket to, bool isUp, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
        {
            var before = isUp ? Interlocked.Add(ref _sentBytes, count) - count : long.MaxValue;
            if (before < _cutAt && before + count >= _cutAt)
                return;
            for (var sent = 0; sent < count;)
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), cancellationToken);
        }
    }
}
