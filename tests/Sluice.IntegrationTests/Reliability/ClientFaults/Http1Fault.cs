using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Sluice.IntegrationTests.Faults;
using Kind = Sluice.IntegrationTests.Reliability.ClientFaults.ClientFaultKind;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>A request of HTTP/1.1 that goes wrong.</summary>
internal sealed class Http1Fault(Run run, Kind kind, Random random)
{
    private const string Live = "GET /api/health/live HTTP/1.1\r\nHost: sluice\r\nConnection: close\r\n\r\n";

    private static readonly string[] _badChunks = ["ZZ\r\n", "-5\r\nhello\r\n", "FFFFFFFFFFFFFFFFFF\r\n", "\r\n", "3\r\nlonger than three\r\n"];

    private readonly List<byte> _wire = [];
    private int? _arrived;

    private enum Ending
    {
        Wait,
        Finish,
        Reset,
    }

    /// <summary>Sends it and reads what comes.</summary>
    public async Task<Reply> SendAsync(Uri address, FaultyRequest request)
    {
        using var client = await RawClient.ConnectAsync(address, run.Ending);
        if (kind is Kind.StopReading or Kind.ResetInAnswer)
            return await ReadBadlyAsync(client, request);
        var (ending, isWhole) = Write(request);
        await (kind == Kind.Drip ? DripAsync(client) : TrySendAsync(client));
        if (kind is Kind.Reset or Kind.HalfChunk && random.Next(2) == 0)
            await Task.Delay(random.Next(1, 30), run.Ending);
        if (ending == Ending.Reset)
        {
            client.Reset();
            return Reply.None(new IOException("left")) with { IsFaulted = true, IsWhole = isWhole };
        }

        if (ending == Ending.Finish)
            client.Finish();
        var replies = RawReplies.Parse(await client.ReadToEndAsync(run.Ending), request.Method == "HEAD");
        if (kind == Kind.Drip)
            run.Check(replies is [{ IsSuccess: false }, ..] or [_, { Status: 200 }], "the next request on the connection is not answered");
        return (replies.FirstOrDefault() ?? Reply.None(new IOException("closed"))) with { IsFaulted = !kind.IsDue(1), IsWhole = isWhole, ArrivedBytes = _arrived };
    }

    // What goes over the wire, what the client does then, and whether that is a whole request.
    private (Ending Ending, bool IsWhole) Write(FaultyRequest request)
    {
        var body = request.Body;
        var isChunked = kind is Kind.HalfChunk or Kind.BadChunk || (kind != Kind.TooShort && !request.IsSized && (body.Length == 0 || random.Next(2) == 0));
        var cut = Cut(body.Length, isChunked);
        switch (kind)
        {
            case Kind.Fin or Kind.Reset or Kind.Stall:
                Head(request, isChunked, body.Length);
                Body(body.AsSpan(0, cut), isChunked);


                // Of a connection that breaks, what the server has not read by then is lost.
                _arrived = kind == Kind.Stall ? cut : null;
                return (kind == Kind.Fin ? Ending.Finish : kind == Kind.Reset ? Ending.Reset : Ending.Wait, false);
            case Kind.CutHead:
                Head(request, isChunked, body.Length);
                var cutHead = random.Next(1, _wire.Count - 2);
                _wire.RemoveRange(cutHead, _wire.Count - cutHead);
                return (Leaves(), false);
            case Kind.HalfChunk:
                Head(request, isChunked, 0);
                Body(body.AsSpan(0, cut), isChunked);
                Text(string.Create(CultureInfo.InvariantCulture, $"{body.Length - cut + 2:x}\r\n"));
                _wire.AddRange(body.AsSpan(cut));
                return (Leaves(), false);
            case Kind.BadChunk:
                Head(request, isChunked, 0);
                Body(body.AsSpan(0, cut), isChunked);
                Text(_badChunks[random.Next(_badChunks.Length)]);
                return (Ending.Wait, false);
            case Kind.TooShort:
                Head(request, isChunked, body.Length + random.Next(1, 1_000));
                Body(body, isChunked);
                return (Ending.Finish, false);
            case Kind.NoBodyAfterContinue:
                Head(request with { Headers = [.. request.Headers, ("Expect", "100-continue")] }, isChunked, Math.Max(1, body.Length));
                return ((Ending)random.Next(3), false);
            case Kind.GarbageAfterRefusal:
                Head(request with { Target = "/api/blobs/nowhere/at-all", Method = "PUT" }, isChunked, body.Length);
                Body(body.AsSpan(0, cut), isChunked);
                Garbage();
                return (Ending.Wait, false);
            default:
                Head(request, isChunked, body.Length);
                if (request.HasBody)
                    Body(body, isChunked);
                if (isChunked && request.HasBody)
                    Text("0\r\n\r\n");
                if (kind == Kind.TooLong)
                    Garbage();
                if (kind == Kind.Drip)
                    Text(Live);
                return (kind == Kind.HalfClosed ? Ending.Finish : kind == Kind.LeaveAfterBody ? Ending.Reset : Ending.Wait, true);
        }
    }

    private async Task<Reply> ReadBadlyAsync(RawClient client, FaultyRequest request)
    {
        Head(request with { Headers = [.. request.Headers, ("Connection", "close")] }, isChunked: false, 0);
        await TrySendAsync(client);
        await client.IsSilentAsync(SluiceFixture.Patience, run.Ending);
        await Task.Delay(random.Next(1, 400), run.Ending);
        if (kind == Kind.StopReading)
            return RawReplies.Parse(await client.ReadToEndAsync(run.Ending)).FirstOrDefault() ?? Reply.None(new IOException("closed"));
        client.Reset();
        return Reply.None(new IOException("left")) with { IsFaulted = true };
    }

    // A server that refuses closes before everything is sent.
    private async Task TrySendAsync(RawClient client)
    {
        try
        {
            await client.SendAsync(_wire.ToArray(), run.Ending);
        }
        catch (SocketException)
        {
            // What it said before that can be read.
        }
    }

    // The end of the head and the first bytes of the body, the last bytes of all, and what is between at once.
    private async Task DripAsync(RawClient client)
    {
        var wire = _wire.ToArray();
        var head = wire.AsSpan().IndexOf("\r\n\r\n"u8) + 2;
        await client.SendAsync(wire.AsMemory(0, head), run.Ending);
        var end = Math.Max(head + 2, wire.Length - Live.Length - 3);
        for (var at = head; at < wire.Length;)
        {
            var count = at < head + 6 || at >= end ? 1 : Math.Max(1, end - at);
            await client.SendAsync(wire.AsMemory(at, at >= wire.Length - Live.Length ? count = wire.Length - at : count), run.Ending);
            at += count;
            await Task.Delay(30, run.Ending);
        }
    }

    private Ending Leaves() => random.Next(2) == 0 ? Ending.Finish : Ending.Reset;

    // At the ends as often as between. Of chunks the last one says the end, so all bytes may have come.
    private int Cut(int length, bool isChunked)
    {
        var most = isChunked ? length : Math.Max(0, length - 1);
        return random.Next(4) switch { 0 => 0, 1 => most, _ => random.Next(most + 1) };
    }

    private void Head(FaultyRequest request, bool isChunked, long length)
    {
        Text($"{request.Method} {request.Target} HTTP/1.1\r\nHost: sluice\r\n{string.Concat(request.Headers.Select(static header => $"{header.Name}: {header.Value}\r\n"))}");
        Text(!request.HasBody ? "\r\n" : isChunked ? "Transfer-Encoding: chunked\r\n\r\n" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n\r\n"));
    }

    private void Body(ReadOnlySpan<byte> bytes, bool isChunked)
    {
        while (isChunked && !bytes.IsEmpty)
        {
            var count = random.Next(1, Math.Min(bytes.Length, 50_000) + 1);
            Text(string.Create(CultureInfo.InvariantCulture, $"{count:x}\r\n"));
            _wire.AddRange(bytes[..count]);
            Text("\r\n");
            bytes = bytes[count..];
        }

        _wire.AddRange(bytes);
    }

    private void Garbage()
    {
        var bytes = new byte[random.Next(1, 3_000)];
        random.NextBytes(bytes);
        _wire.AddRange(bytes);
        Text("\r\n\r\n");
    }

    private void Text(string text) => _wire.AddRange(Encoding.Latin1.GetBytes(text));
}
