using System.Globalization;
using Kind = Sluice.IntegrationTests.Reliability.ClientFaults.ClientFaultKind;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>A request of HTTP/2 that goes wrong.</summary>
internal sealed class Http2Fault(Run run, Kind kind, Random random)
{
    private RawHttp2Client _client = null!;
    private RawStream _stream = null!;

    /// <summary>Sends it and reads what comes.</summary>
    public async Task<Reply> SendAsync(Uri address, FaultyRequest request)
    {
        using var client = _client = await RawHttp2Client.ConnectAsync(address, opens: kind != Kind.WindowStall, run.Ending);
        if (kind == Kind.RapidReset)
            return await ResetRapidlyAsync(request);
        var body = request.Body;
        var cut = random.Next(4) switch { 0 => 0, 1 => body.Length, _ => random.Next(body.Length + 1) };
        _stream = await _client.BeginAsync(request.Method, request.Target, Headers(request), ends: !request.HasBody, areWhole: kind != Kind.CutHead);
        switch (kind)
        {
            case Kind.CutHead:
                return Leave(random.Next(2) == 0, isWhole: false);
            case Kind.Fin or Kind.Reset:
                await _client.SendDataAsync(_stream, body.AsMemory(0, cut), ends: false);
                return Leave(kind == Kind.Reset, isWhole: false);
            case Kind.NoBodyAfterContinue when random.Next(2) == 0:
                return Leave(random.Next(2) == 0, isWhole: false);
            case Kind.CutFrame:
                await _client.SendDataAsync(_stream, body.AsMemory(0, cut), ends: false);
                await _client.SendFrameAsync(FrameType.Data, 1, _stream.Id, body.AsMemory(cut, Math.Min(body.Length - cut, 10)), missing: random.Next(1, 1_000));
                return Leave(random.Next(2) == 0, isWhole: false);
            case Kind.Stall or Kind.NoBodyAfterContinue:
                await _client.SendDataAsync(_stream, body.AsMemory(0, kind == Kind.Stall ? cut : 0), ends: false);
                return (await AnswerAsync(isWhole: false)) with { ArrivedBytes = kind == Kind.Stall ? cut : 0 };
            case Kind.TooShort:
                await _client.SendDataAsync(_stream, body, ends: true);
                return await AnswerAsync(isWhole: false);
            case Kind.TooLong:
                await TooLongAsync(body);

                // No body was declared: that is whole before what is too much.
                return await AnswerAsync(isWhole: body.Length == 0);
            case Kind.ResetStream:
                // In the body, or, where there is none or at its end, after the whole request.
                var isWhole = !request.HasBody || (cut == body.Length && random.Next(2) == 0);
                if (request.HasBody)
                    await _client.SendDataAsync(_stream, body.AsMemory(0, cut), ends: isWhole);
                return await ResetAsync(isWhole);
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
                return Leave(kind == Kind.LeaveAfterBody, isWhole: true);
            case Kind.ClosedStream:
                await _client.SendFrameAsync(FrameType.Data, random.Next(2), _stream.Id, new byte[random.Next(1, 100)]);
                break;
            case Kind.ResetInAnswer:
                await _client.ReadHeadersAsync(_stream);
                return await ResetAsync(isWhole: true);
            case Kind.WindowStall:
                await _client.ReadHeadersAsync(_stream);
                await Task.Delay(random.Next(1, 400), run.Ending);
                await _client.SendNumberAsync(FrameType.WindowUpdate, _stream.Id, 1 << 20);
                await _client.SendNumberAsync(FrameType.WindowUpdate, 0, 1 << 20);
                break;
        }

        return await AnswerAsync(isWhole: true);
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

    private async Task<Reply> ResetRapidlyAsync(FaultyRequest request)
    {
        for (var count = random.Next(20, 120); count > 0; count--)
        {
            _stream = await _client.BeginAsync(request.Method, request.Target, Headers(request), ends: false);
            await _client.SendNumberAsync(FrameType.RstStream, _stream.Id, 8);
        }

        return Leave(random.Next(2) == 0, isWhole: false);
    }

    private async Task<Reply> ResetAsync(bool isWhole)
    {
        await _client.SendNumberAsync(FrameType.RstStream, _stream.Id, random.Next(14));
        await CheckConnectionAsync();
        return Reply.None(new IOException("reset")) with { IsFaulted = true, IsWhole = isWhole };
    }

    private async Task<Reply> AnswerAsync(bool isWhole)
    {
        var reply = await _client.ReadAsync(_stream);
        if (kind is Kind.Drip or Kind.Stall or Kind.WindowStall)
            await CheckConnectionAsync();
        return reply with { IsFaulted = !kind.IsDue(2), IsWhole = isWhole };
    }

    // What goes wrong with one stream leaves the others alone.
    private async Task CheckConnectionAsync()
    {
        var next = await _client.BeginAsync("GET", "/api/health/live", [], ends: true);
        if (kind == Kind.WindowStall)
            await _client.SendNumberAsync(FrameType.WindowUpdate, next.Id, 1 << 20);
        run.Check((await _client.ReadAsync(next)).Status == 200, "the next request on the connection is not answered");
    }

    private Reply Leave(bool resets, bool isWhole)
    {
        if (resets)
            _client.Reset();
        else
            _client.Finish();
        return Reply.None(new IOException("left")) with { IsFaulted = true, IsWhole = isWhole };
    }

    private IEnumerable<(string, string)> Headers(FaultyRequest request)
    {
        var length = kind == Kind.TooShort ? request.Body.Length + random.Next(1, 1_000) : request.Body.Length;
        var isDeclared = request.HasBody && (request.IsSized || kind is Kind.TooShort or Kind.TooLong || random.Next(2) == 0);
        return
        [
            .. request.Headers,
            .. isDeclared ? [("content-length", length.ToString(CultureInfo.InvariantCulture))] : (ReadOnlySpan<(string, string)>)[],
            .. kind == Kind.NoBodyAfterContinue ? [("expect", "100-continue")] : (ReadOnlySpan<(string, string)>)[],
        ];
    }
}
