using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Sluice.Benchmarks.Compare;

/// <summary>A client that costs as little as blocking sockets can: threads, and bytes that were made before.</summary>
internal static class HttpLoad
{
    private const int ChunkBytes = 64 * 1024;

    private static readonly byte[] _piece = Random(1 << 20);
    private static readonly byte[] _chunk =
        [.. Encoding.ASCII.GetBytes($"{ChunkBytes:x}\r\n"), .. _piece.AsSpan(0, ChunkBytes), .. "\r\n"u8];

    /// <summary>Sends one body on a connection of its own, and waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">It was not answered with 200, 201 or 204.</exception>
    public static void Put(
        Listener to, string path, long bytes, Framing framing,
        string method = "PUT", string mediaType = "application/octet-stream", string fields = "")
    {
        using var wire = Wire.To(to);
        var length = framing == Framing.Chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {bytes}";
        wire.Send($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {mediaType}\r\n{fields}{length}\r\n\r\n");
        try
        {
            Send(wire, bytes, framing);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // Refused early: what was said is below.
        }

        new AnswerReader(wire).Read();
    }

    /// <summary>Reads one body on a connection of its own.</summary>
    /// <returns>Its length in bytes.</returns>
    public static long Get(Listener from, string path)
    {
        using var wire = Wire.To(from);
        wire.Send($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return new AnswerReader(wire).Read().Bytes;
    }

    /// <summary>Sends a small request without a body, and gives a field of the answer.</summary>
    public static string? Ask(Listener to, string method, string path, string fields, string field)
    {
        using var wire = Wire.To(to);
        wire.Send($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{fields}Content-Length: 0\r\n\r\n");
        var head = new AnswerReader(wire).Read().Head;
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(field + ":", StringComparison.OrdinalIgnoreCase));
        return line?[(field.Length + 1)..].Trim();
    }

    /// <summary>Sends bodies of 1 KiB on connections that are kept, for a while.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="path">The path, which each connection makes its own.</param>
    /// <param name="connections">How many send at once.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="perSecond">
    /// At which rate, all together; 0 is as fast as answers come. A time is counted from when the request was due, so one that had to wait
    /// for its turn counts as slow.
    /// </param>
    public static SmallRequests PutSmall(Listener to, string path, int connections, TimeSpan duration, double perSecond = 0)
    {
        var began = Stopwatch.GetTimestamp();
        var times = new List<double>[connections];
        var threads = Enumerable.Range(0, connections).Select(index =>
            new Thread(
                () => times[index] = PutSmall(to, $"{path}{index}", began, index, connections, duration, perSecond), 256 * 1024)).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        var all = times.SelectMany(static own => own).Order().ToList();
        return new SmallRequests(all.Count / Stopwatch.GetElapsedTime(began).TotalSeconds, all);
    }

    private static List<double> PutSmall(
        Listener to, string path, long began, int index, int connections, TimeSpan duration, double perSecond)
    {
        using var wire = Wire.To(to);
        var head = $"PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nContent-Length: 1024\r\n\r\n";
        byte[] request = [.. Encoding.ASCII.GetBytes(head), .. _piece.AsSpan(0, 1024)];
        var answers = new AnswerReader(wire);
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
            wire.Send(request, request.Length);
            answers.Read();
            times.Add((Stopwatch.GetElapsedTime(began) - start).TotalMilliseconds);
        }
    }

    private static void Send(Wire wire, long bytes, Framing framing)
    {
        for (var left = bytes; left > 0;)
        {
            if (framing == Framing.Length)
            {
                var count = (int)Math.Min(left, _piece.Length);
                wire.Send(_piece, count);
                left -= count;
            }
            else if (left >= ChunkBytes)
            {
                wire.Send(_chunk, _chunk.Length);
                left -= ChunkBytes;
            }
            else
            {
                wire.Send($"{left:x}\r\n");
                wire.Send(_piece, (int)left);
                wire.Send("\r\n");
                left = 0;
            }
        }

        if (framing == Framing.Chunked)
        {
            wire.Send("0\r\n\r\n");
        }
    }

    private static byte[] Random(int bytes)
    {
        var random = new byte[bytes];
        new Random(1).NextBytes(random);
        return random;
    }
}
