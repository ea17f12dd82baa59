using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sluice.Benchmarks.Compare;

/// <summary>How a body says where it ends.</summary>
internal enum Framing
{
    /// <summary><c>Content-Length</c>.</summary>
    Length,

    /// <summary><c>Transfer-Encoding: chunked</c>, in chunks of 64 KiB.</summary>
    Chunked,
}

/// <summary>What many small requests took.</summary>
/// <param name="PerSecond">How many were answered a second.</param>
/// <param name="Milliseconds">How long each took, in order of length.</param>
internal sealed record SmallRequests(double PerSecond, IReadOnlyList<double> Milliseconds)
{
    /// <summary>The time that so many of them took at most.</summary>
    public double Percentile(double share) =>
        Milliseconds.Count == 0 ? double.NaN : Milliseconds[(int)Math.Min(Milliseconds.Count - 1, share * Milliseconds.Count)];
}

/// <summary>A client that costs as little as blocking sockets can: threads, and bytes that were made before.</summary>
internal static class HttpLoad
{
    private const int ChunkBytes = 64 * 1024;

    private static readonly byte[] _piece = Random(1 << 20);
    private static readonly byte[] _chunk =
    [
        .. Encoding.ASCII.GetBytes($"{ChunkBytes:x}\r\n"), .. _piece.AsSpan(0, ChunkBytes), .. "\r\n"u8
    ];

    /// <summary>Sends one body on a connection of its own, and waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">It was not answered with 200, 201 or 204.</exception>
    public static void Put(
        int port, string path, long bytes, Framing framing, string method = "PUT", string mediaType = "application/octet-stream",
        string fields = "")
    {
        using var socket = Connect(port);
        var length = framing == Framing.Chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {bytes}";
        socket.Send(Encoding.ASCII.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {mediaType}\r\n{fields}{length}\r\n\r\n"));
        try
        {
            Send(socket, bytes, framing);
        }
        catch (SocketException)
        {
            // Refused early: what was said is below.
        }

        new AnswerReader(socket).Read();
    }

    /// <summary>Reads one body on a connection of its own.</summary>
    /// <returns>Its length in bytes.</returns>
    public static long Get(int port, string path)
    {
        using var socket = Connect(port);
        socket.Send(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        return new AnswerReader(socket).Read().Bytes;
    }

    /// <summary>Sends a small request without a body, and gives a field of the answer.</summary>
    public static string? Ask(int port, string method, string path, string fields, string field)
    {
        using var socket = Connect(port);
        socket.Send(Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{fields}Content-Length: 0\r\n\r\n"));
        var head = new AnswerReader(socket).Read().Head;
        return head.Split("\r\n")
            .FirstOrDefault(line => line.StartsWith(field + ":", StringComparison.OrdinalIgnoreCase))?[(field.Length + 1)..].Trim();
    }

    /// <summary>Sends bodies of 1 KiB on connections that are kept, for a while.</summary>
    /// <param name="port">Where to.</param>
    /// <param name="path">The path, which each connection makes its own.</param>
    /// <param name="connections">How many send at once.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="perSecond">
    /// At which rate, all together; 0 is as fast as answers come. A time is counted from when the request was due, so one that had to wait
    /// for its turn counts as slow.
    /// </param>
    public static SmallRequests PutSmall(int port, string path, int connections, TimeSpan duration, double perSecond = 0)
    {
        var began = Stopwatch.GetTimestamp();
        var times = new List<double>[connections];
        var threads = Enumerable.Range(0, connections).Select(index =>
            new Thread(() => times[index] = PutSmall(port, $"{path}{index}", began, index, connections, duration, perSecond), 256 * 1024))
                .ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        var all = times.SelectMany(static own => own).Order().ToList();
        return new SmallRequests(all.Count / Stopwatch.GetElapsedTime(began).TotalSeconds, all);
    }

    private static List<double> PutSmall(int port, string path, long began, int index, int connections, TimeSpan duration, double perSecond)
    {
        using var socket = Connect(port);
        var head = $"PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nContent-Length: 1024\r\n\r\n";
        byte[] request = [.. Encoding.ASCII.GetBytes(head), .. _piece.AsSpan(0, 1024)];
        var answers = new AnswerReader(socket);
        var times = new List<double>();
        var every = perSecond > 0 ? TimeSpan.FromSeconds(connections / perSecond) : TimeSpan.Zero;
        for (var due = every * index / connections; ; due += every)
        {
            var now = Stopwatch.GetElapsedTime(began);
            if ((every > TimeSpan.Zero ? due : now) >= duration || now >= duration * 2)
            {
                return times;
            }

            if (due > now)
            {
                Thread.Sleep(due - now);
            }

            var start = every > TimeSpan.Zero ? due : now;
            socket.Send(request);
            answers.Read();
            times.Add((Stopwatch.GetElapsedTime(began) - start).TotalMilliseconds);
        }
    }

    private static void Send(Socket socket, long bytes, Framing framing)
    {
        for (var left = bytes; left > 0;)
        {
            if (framing == Framing.Length)
            {
                left -= socket.Send(_piece.AsSpan(0, (int)Math.Min(left, _piece.Length)));
            }
            else if (left >= ChunkBytes)
            {
                socket.Send(_chunk);
                left -= ChunkBytes;
            }
            else
            {
                socket.Send(Encoding.ASCII.GetBytes($"{left:x}\r\n"));
                socket.Send(_piece.AsSpan(0, (int)left));
                socket.Send("\r\n"u8);
                left = 0;
            }
        }

        if (framing == Framing.Chunked)
        {
            socket.Send("0\r\n\r\n"u8);
        }
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 120_000 };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private static byte[] Random(int bytes)
    {
        var random = new byte[bytes];
        new Random(1).NextBytes(random);
        return random;
    }

    /// <summary>Reads answers, one after the other.</summary>
    private sealed class AnswerReader(Socket socket)
    {
        private readonly byte[] _held = new byte[256 * 1024];
        private int _start;
        private int _end;

        public (string Head, long Bytes) Read()
        {
            while (true)
            {
                var head = Encoding.ASCII.GetString(Take("\r\n\r\n"u8));
                if (head.StartsWith("HTTP/1.1 100", StringComparison.Ordinal))
                {
                    continue;
                }

                var bytes = head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)
                    ? PassChunks()
                    : Pass(Length(head));
                return head.Length > 11 && head[9] == '2'
                    ? (head, bytes)
                    : throw new InvalidOperationException(
                        $"Answered with {head}\n{Encoding.UTF8.GetString(_held, 0, Math.Min(_end, 500))}");
            }
        }

        private static long Length(string head)
        {
            const string Field = "Content-Length:";
            var line = head.Split("\r\n").FirstOrDefault(static line => line.StartsWith(Field, StringComparison.OrdinalIgnoreCase));
            return line is null ? 0 : long.Parse(line.AsSpan(Field.Length), CultureInfo.InvariantCulture);
        }

        private long PassChunks()
        {
            for (long all = 0; ;)
            {
                var size = Convert.ToInt64(Encoding.ASCII.GetString(Take("\r\n"u8)).Split(';')[0], 16);
                all += Pass(size);
                Take("\r\n"u8);
                if (size == 0)
                {
                    return all;
                }
            }
        }

        private byte[] Take(ReadOnlySpan<byte> until)
        {
            int length;
            while ((length = _held.AsSpan(_start, _end - _start).IndexOf(until)) < 0)
            {
                Fill();
            }

            var taken = _held[_start..(_start + length)];
            _start += length + until.Length;
            return taken;
        }

        private long Pass(long bytes)
        {
            for (var left = bytes; left > 0;)
            {
                if (_start == _end)
                {
                    Fill();
                }

                var count = (int)Math.Min(left, _end - _start);
                _start += count;
                left -= count;
            }

            return bytes;
        }

        private void Fill()
        {
            _held.AsSpan(_start, _end - _start).CopyTo(_held);
            (_start, _end) = (0, _end - _start);
            var count = socket.Receive(_held.AsSpan(_end));
            if (count == 0)
            {
                throw new InvalidOperationException("The connection was closed before an answer.");
            }

            _end += count;
        }
    }
}
