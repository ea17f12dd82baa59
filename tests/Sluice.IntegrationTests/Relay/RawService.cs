using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sluice.IntegrationTests.Relay;

/// <summary>A downstream service that breaks rules which Kestrel keeps. A test says what it does with the next connection.</summary>
internal sealed class RawService : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Func<Socket, Task>> _scripts = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public RawService()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Reads the head of a request, answers with these bytes, and closes.</summary>
    public void Answer(string text) => OnNext(async socket =>
    {
        await ReadHeadAsync(socket);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), _stop.Token);
        socket.Shutdown(SocketShutdown.Send);
        // Closing with bytes unread would reset the connection under the answer.
        while (await socket.ReceiveAsync(new byte[64 * 1024], _stop.Token) > 0)
            continue;
    });

    public void OnNext(Func<Socket, Task> script) => _scripts.Enqueue(script);

    /// <summary>All up to the empty line.</summary>
    public async Task<string> ReadHeadAsync(Socket socket)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await socket.ReceiveAsync(one, _stop.Token) > 0)
            head.Append((char)one[0]);
        return head.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
                running.Add(RunAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task RunAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                if (_scripts.TryDequeue(out var script))
                    await script(socket);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // Hung up.
            }
        }
    }
}
