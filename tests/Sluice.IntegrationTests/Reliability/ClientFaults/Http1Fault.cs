using System.Diagnostics;
using System.Net.Sockets;
using Sluice.IntegrationTests.Faults;
using Kind = Sluice.IntegrationTests.Reliability.ClientFaults.ClientFaultKind;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>Sends a request of HTTP/1.1 that goes wrong, and reads what comes.</summary>
internal sealed class Http1Fault(Run run, Kind kind, Random random)
{
    /// <summary>Sends it and reads what comes.</summary>
    /// <returns>The answer, and whether every byte of the body was sent, though the request was not whole.</returns>
    public async Task<(Reply Reply, bool AreAllBytesSent)> SendAsync(Uri address, FaultyRequest request)
    {
        using var client = await RawClient.ConnectAsync(address, run.Ending);
        if (kind == Kind.NeverRead)
            return (await NeverReadAsync(client), false);
        var wire = new Http1Wire(kind, request, random);
        return (await SendAsync(client, wire, isHead: request.Method == "HEAD"), wire.AreAllBytesSent);
    }

    private async Task<Reply> SendAsync(RawClient client, Http1Wire wire, bool isHead)
    {
        await TrySendAsync(client, wire);
        if (kind is Kind.StopReading or Kind.ResetInAnswer)
            return await ReadLateAsync(client);
        if (kind is Kind.Reset or Kind.HalfChunk && random.Next(2) == 0)
            await Task.Delay(random.Next(1, 30), run.Ending);
        if (wire.After == AfterSending.Reset)
        {
            client.Reset();
            return Reply.None(new IOException("left"));
        }

        if (wire.After == AfterSending.Finish)
            client.Finish();
        var replies = RawReplies.Parse(await client.ReadToEndAsync(run.Ending), isHead);
        if (kind == Kind.Drip)
            run.Check(replies is [{ IsSuccess: false }, ..] or [_, { Status: 200 }], "the next request on the connection is not answered");
        else
            run.Check(replies.Count(static reply => reply.Status != 400) <= 1, $"one request has {replies.Count} answers");
        return (replies.FirstOrDefault() ?? Reply.None(new IOException("closed"))) with { ArrivedBytes = wire.ArrivedBytes };
    }

    // Waits for the first byte, and then a little.
    private async Task<Reply> ReadLateAsync(RawClient client)
    {
        await client.IsSilentAsync(SluiceFixture.Patience, run.Ending);
        await Task.Delay(random.Next(1, 400), run.Ending);
        if (kind == Kind.StopReading)
            return RawReplies.Parse(await client.ReadToEndAsync(run.Ending)).FirstOrDefault() ?? Reply.None(new IOException("closed"));
        client.Reset();
        return Reply.None(new IOException("left"));
    }

    // Whether the server has closed the connection can be seen without reading: it then takes no more bytes.
    private async Task<Reply> NeverReadAsync(RawClient client)
    {
        await client.SendHeadAsync("GET", run.PathOf(ClientFaultWorld.LargeBlob), ["Connection: close"], run.Ending);
        var began = Stopwatch.GetTimestamp();
        try
        {
            for (; Stopwatch.GetElapsedTime(began) < SluiceFixture.Patience; await Task.Delay(300, run.Ending))
                await client.SendAsync("\r", run.Ending);
        }
        catch (SocketException e)
        {
            return Reply.None(e);
        }

        throw run.Violated("the server waits for a client that never reads");
    }

    // A server that refuses closes before everything is sent; what it said before that can be read.
    private async Task TrySendAsync(RawClient client, Http1Wire wire)
    {
        try
        {
            await (kind switch
            {
                Kind.Drip => DripAsync(client, wire),
                Kind.Trickle => TrickleAsync(client, wire),
                _ => client.SendAsync(wire.Bytes, run.Ending),
            });
        }
        catch (SocketException) when (kind != Kind.Drip)
        {
            // Closed.
        }
    }

    // The end of the head and the first bytes of the body, the last bytes of all, and what is between at once.
    private async Task DripAsync(RawClient client, Http1Wire wire)
    {
        var (bytes, head) = (wire.Bytes, wire.HeadBytes - 2);
        await client.SendAsync(bytes[..head], run.Ending);
        var next = bytes.Length - Http1Wire.Live.Length;
        var end = Math.Max(head + 2, next - 3);
        for (var at = head; at < bytes.Length; await Task.Delay(30, run.Ending))
        {
            var count = at >= next ? bytes.Length - at : at < head + 6 || at >= end ? 1 : Math.Max(1, end - at);
            await client.SendAsync(bytes.Slice(at, count), run.Ending);
            at += count;
        }
    }

    // Single bytes: some in time, and then one too late.
    private async Task TrickleAsync(RawClient client, Http1Wire wire)
    {
        var (bytes, at) = (wire.Bytes, Math.Min(wire.HeadBytes + 1, wire.Bytes.Length));
        await client.SendAsync(bytes[..at], run.Ending);
        foreach (var pause in ClientFaultWorld.Trickle)
        {
            await Task.Delay(pause, run.Ending);
            await client.SendAsync(bytes.Slice(at, Math.Min(1, bytes.Length - at)), run.Ending);
            at = Math.Min(at + 1, bytes.Length);
        }
    }
}
