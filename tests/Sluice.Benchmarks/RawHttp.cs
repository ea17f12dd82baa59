using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sluice.Benchmarks;

/// <summary>
/// A client and a downstream service that cost as little as sockets can, so that what is between them is what is measured: one PUT with a
/// length on a connection of its own, read to the end and answered with 200 and the number of bytes.
/// </summary>
internal static class RawHttp
{
    private const int ChunkBytes = 256 * 1024;

    private static readonly byte[] _chunk = new byte[ChunkBytes];

    public static async Task PutAsync(int port, string path, long length)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"));
        try
        {
            for (var left = length; left > 0; left -= ChunkBytes)
            {
                await SendAllAsync(socket, _chunk.AsMemory(0, (int)Math.Min(left, ChunkBytes)));
            }
        }
        catch (SocketException)
        {
            // Refused early: what it said is below.
        }

        var answer = "";
        var buffer = new byte[4096];
        for (var count = 1; count > 0 && !answer.EndsWith($"\r\n\r\n{length:D12}", StringComparison.Ordinal); answer += Encoding.ASCII.GetString(buffer, 0, count))
        {
            count = await socket.ReceiveAsync(buffer);
        }

        if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) || !answer.EndsWith($"{length:D12}", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{port}{path} was answered with '{answer}'.");
        }
    }

    /// <summary>Serves until the process ends.</summary>
    public static int Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptSocketAsync());
            }
        });
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            var buffer = new byte[ChunkBytes];
            var held = 0;
            while (true)
            {
                int end;
                while ((end = buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8)) < 0)
                {
                    var more = await socket.ReceiveAsync(buffer.AsMemory(held));
                    if (more == 0)
                    {
                        return;
                    }

                    held += more;
                }

                var head = Encoding.ASCII.GetString(buffer, 0, end).Split("\r\n");
                if (head.Any(static line => line.StartsWith("Expect:", StringComparison.OrdinalIgnoreCase)))
                {
                    await socket.SendAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
                }

                var length = head.Select(static line => line.Split(':', 2)).Where(static pair => pair[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                    .Select(static pair => long.Parse(pair[1])).SingleOrDefault();
                for (var left = length - (held - end - 4); left > 0;)
                {
                    var count = await socket.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(left, ChunkBytes)));
                    if (count == 0)
                    {
                        return;
                    }

                    left -= count;
                }

                held = 0;
                await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{length:D12}"));
            }
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }
}
