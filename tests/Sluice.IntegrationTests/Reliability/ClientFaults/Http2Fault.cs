using System.Diagnostics;
using System.Globalization;
using Kind = Sluice.IntegrationTests.Reliability.ClientFaults.ClientFaultKind;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>A request of HTTP/2 that goes wrong.</summary>
internal sealed class Http2Fault(Run run, Kind kind, Random random)
{
    // RFC 9113, section 7.
    private const int FlowControlError = 3;
    private const int Cancel = 8;
    private const int EnhanceYourCalm = 11;

    private const int OverrunBytes = 64 << 20;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private RawHttp2Client _client = null!;
    private RawStream _stream = null!;

    private bool _areAllBytesSent;

    /// <summary>Sends it and reads what comes.</summary>
    /// <returns>The answer, and whether every byte of the body was sent, though the request was not whole.</returns>
    public async Task<(Reply Reply, bool AreAllBytesSent)> SendAsync(Uri address, FaultyRequest request)
    {
        // The server that bodies pass through refuses what overruns its window for its length.
        var http2 = run.World.Http2(kind == Kind.WindowOverrun ? run.World.Address : address)!;
        var opens = kind is not (Kind.WindowStall or Kind.NeverRead);
        using var client = _client = await RawHttp2Client.ConnectAsync(http2, opens, run.Ending);
        return (await SendAsync(request), _areAllBytesSent);
    }

    private async Task<Reply> SendAsync(FaultyRequest request)
    {
        switch (kind)
        {
            case Kind.RapidReset:
                return await ResetRapidlyAsync(request);
            case Kind.NeverRead:
                return await NeverReadAsync();
            case Kind.WindowOverrun:
                return await OverrunAsync();
        }

        var body = request.Body;
        var cut = random.Next(4) switch { 0 => 0, 1 => body.Length, _ => random.Next(body.Length + 1) };
        _areAllBytesSent = cut == body.Length && (kind is Kind.Fin or Kind.Stall);
        _stream = await _client.BeginAsync(
            request.Method, request.Target, Headers(request), ends: !request.HasBody, areWhole: kind != Kind.CutHead);
        switch (kind)
        {
            case Kind.CutHead:
                return await LeaveAsync(resets: random.Next(2) == 0);
            case Kind.Fin or Kind.Reset:
                await _client.SendDataAsync(_stream, body.AsMemory(0, cut), ends: false);
                return await LeaveAsync(resets: kind == Kind.Reset);
            case Kind.NoBodyAfterContinue when random.Next(2) == 0:
                return await LeaveAsync(resets: random.Next(2) == 0);
            case Kind.CutFrame:
                await _client.SendDataAsync(_stream, body.AsMemory(0, cut), ends: false);
                var part = body.AsMemory(cut, Math.Min(body.Length - cut, 10));
                await _client.SendFrameAsync(FrameType.Data, 1, _stream.Id, part, missing: random.Next(1, 1_000));
                return await LeaveAsync(resets: random.Next(2) == 0);
            case Kind.Stall or Kind.NoBodyAfterContinue:
                await _client.SendDataAsync(_stream, body.AsMemory(0, kind == Kind.Stall ? cut : 0), ends: false);
                return (await AnswerAsync()) with { ArrivedBytes = kind == Kind.Stall ? cut : 0 };
            case Kind.Trickle:
                await TrickleAsync(body);
                return (await AnswerAsync()) with { ArrivedBytes = Math.Min(1, body.Length) };
            case Kind.TooShort:
                await _client.SendDataAsync(_stream, body, ends: true);
                return await AnswerAsync();
            case Kind.TooLong:
                await TooLongAsync(body);

                // No body was declared: that is whole before what is too much.
                return (await AnswerAsync()) with { IsWhole = body.Length == 0 };
            case Kind.ResetStream:
                // In the body, or, where there is none or at its end, after the whole request.
                var isWhole = !request.HasBody || (cut == body.Length && random.Next(2) == 0);
                if (request.HasBody)
                    await _client.SendDataAsync(_stream, body.AsMemory(0, cut), ends: isWhole);
                return (await ResetAsync()) with { IsWhole = isWhole };
            default:
                return await WholeAsync(request, body);
        }
    }

    // Requests that arrive whole, and what is wrong with the rest.
    private async Task<Reply> WholeAsync(FaultyRequest request, byte[] body)
    {
        if (kind == Kind.GoAway)
            await _client.SendFrameAsync(FrameType.GoAway, 0, 0, new byte[8]);
        var dripped = kind == Kind.Drip ? Math.Min(5, body.Length) : 0;
        for (var at = 0; at < dripped; at++, await Task.Delay(30, run.Ending))
            await _client.SendDataAsync(_stream, body.AsMemory(at, 1), ends: false);
        if (request.HasBody)
            await _client.SendDataAsync(_stream, body.AsMemory(dripped), ends: true);
        switch (kind)
        {
            case Kind.HalfClosed or Kind.LeaveAfterBody:
                return await LeaveAsync(resets: kind == Kind.LeaveAfterBody);
            case Kind.ClosedStream:
                await _client.SendFrameAsync(FrameType.Data, random.Next(2), _stream.Id, new byte[random.Next(1, 100)]);
                break;
            case Kind.ResetInAnswer:
                await _client.ReadHeadersAsync(_stream);
                return await ResetAsync();
            case Kind.WindowStall:
                await _client.ReadHeadersAsync(_stream);
                await Task.Delay(random.Next(1, 400), run.Ending);
                await _client.SendNumberAsync(FrameType.WindowUpdate, _stream.Id, 1 << 20);
                await _client.SendNumberAsync(FrameType.WindowUpdate, 0, 1 << 20);
                break;
        }

        return await AnswerAsync();
    }

    private async Task TooLongAsync(byte[] body)
    {
        var more = new byte[random.Next(1, 5_000)];
        if (random.Next(2) == 0)
        {
            await _client.SendDataAsync(_stream, (byte[])[.. body, .. more], ends: true);
            return;
        }

        // When every byte that was declared is here, the stream has not ended.
        await _client.SendDataAsync(_stream, body, ends: false);
        await Task.Delay(random.Next(1, 50), run.Ending);
        await _client.SendDataAsync(_stream, more, ends: true);
    }

    // Single bytes: the first at once, some in time, and then one too late.
    private async Task TrickleAsync(byte[] body)
    {
        await _client.SendDataAsync(_stream, body.AsMemory(0, Math.Min(1, body.Length)), ends: false);
        foreach (var (at, pause) in ClientFaultWorld.Trickle.Index())
        {
            await Task.Delay(pause, run.Ending);
            if (at + 1 < body.Length)
                await _client.SendDataAsync(_stream, body.AsMemory(at + 1, 1), ends: false);
        }
    }

    // The server either answers the next request all the same, or says why it ends the connection.
    private async Task<Reply> ResetRapidlyAsync(FaultyRequest request)
    {
        var next = Reply.None(new IOException("closed"));
        try
        {
            for (var count = random.Next(20, 120); count > 0; count--)
            {
                _stream = await _client.BeginAsync(request.Method, request.Target, Headers(request), ends: !request.HasBody);
                await _client.SendNumberAsync(FrameType.RstStream, _stream.Id, Cancel);
            }

            // While it is still busy with those that were reset, it may refuse more.
            var began = Stopwatch.GetTimestamp();
            do
                next = await AskNextAsync();
            while (next.Status != 200 && _client is { IsClosed: false, GoAwayCode: null } && Stopwatch.GetElapsedTime(began) < _patience);
        }
        catch (IOException)
        {
            // It has closed the connection while it was written to; what it said before can be read.
            await _client.ReadToEndAsync();
        }

        run.Check(
            next.Status == 200 || _client.GoAwayCode == EnhanceYourCalm,
            $"after rapid resets the next request is answered with {next.Said}, the connection ended with {_client.GoAwayCode}");
        return Reply.None(new IOException("reset")) with { IsWhole = !request.HasBody };
    }

    private async Task<Reply> NeverReadAsync()
    {
        _stream = await _client.BeginAsync("GET", run.PathOf(ClientFaultWorld.LargeBlob), [], ends: true);
        var reply = await _client.ReadAsync(_stream);
        var isEnded = _stream is { HasHeaders: true, IsOver: true } && reply.Broken is not null;
        run.Check(isEnded, "the server does not end an answer that is never read");
        await CheckConnectionAsync();
        return Reply.None(new IOException("never read"));
    }

    // What is sent is never the whole body, so that it is not stored if storage is fast enough to take all of it.
    private async Task<Reply> OverrunAsync()
    {
        _stream = await _client.BeginAsync("PUT", run.PathOf($"{run.Token}/overrun"), [], ends: false);
        await _client.OverrunAsync(_stream, OverrunBytes);
        var reply = await _client.ReadAsync(_stream);
        var isRefused = _client.IsClosed || _client.GoAwayCode == FlowControlError || _stream.ResetCode == FlowControlError;
        run.Check(isRefused || !_client.HasOverrun(_stream), $"more than the server's window was sent, and it says {reply.Said}");
        return Reply.None(new IOException("window"));
    }

    private async Task<Reply> ResetAsync()
    {
        await _client.SendNumberAsync(FrameType.RstStream, _stream.Id, random.Next(14));
        await CheckConnectionAsync();
        return Reply.None(new IOException("reset"));
    }

    private async Task<Reply> AnswerAsync()
    {
        var reply = await _client.ReadAsync(_stream);
        if (kind is Kind.Drip or Kind.Stall or Kind.Trickle or Kind.WindowStall)
            await CheckConnectionAsync();
        return reply;
    }

    // What goes wrong with one stream leaves the others alone.
    private async Task CheckConnectionAsync() =>
        run.Check((await AskNextAsync()).Status == 200, "the next request on the connection is not answered");

    private async Task<Reply> AskNextAsync()
    {
        var next = await _client.BeginAsync("GET", "/api/health/live", [], ends: true);
        if (kind is Kind.WindowStall or Kind.NeverRead)
            await _client.SendNumberAsync(FrameType.WindowUpdate, next.Id, 1 << 20);
        return await _client.ReadAsync(next);
    }

    // Of a connection whose one half is closed the other one can be read, until the server closes that too.
    private async Task<Reply> LeaveAsync(bool resets)
    {
        if (resets)
        {
            _client.Reset();
            return Reply.None(new IOException("left"));
        }

        _client.Finish();
        await _client.ReadToEndAsync();
        return _stream.Reply();
    }

    // Without a body, a length of 0 says that the request is whole.
    private IEnumerable<(string, string)> Headers(FaultyRequest request)
    {
        var length = kind == Kind.TooShort ? request.Body.Length + random.Next(1, 1_000) : request.Body.Length;
        var mustBeDeclared = request.IsSized || kind is Kind.TooShort or Kind.TooLong;
        var isDeclared = request.HasBody && (mustBeDeclared || (length > 0 && random.Next(2) == 0));
        return
        [
            .. request.Headers,
            .. isDeclared ? [("content-length", length.ToString(CultureInfo.InvariantCulture))] : (ReadOnlySpan<(string, string)>)[],
            .. kind == Kind.NoBodyAfterContinue ? [("expect", "100-continue")] : (ReadOnlySpan<(string, string)>)[],
        ];
    }
}
