using System.Net.Sockets;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>One request that goes wrong, and what is true of every answer to such a one.</summary>
/// <param name="plan">Is told what came of it.</param>
/// <param name="random">Decides all of it.</param>
/// <param name="only">What goes wrong; null for anything.</param>
internal sealed class ClientFault(ClientFaultPlan plan, Random random, ClientFaultKind? only)
{
    private int _http = 1;
    private ClientFaultKind _kind;

    /// <summary>What it is called in tables.</summary>
    public string Name => $"{_kind}, HTTP/{_http}";

    /// <summary>Sends it.</summary>
    /// <exception cref="Violation">It was answered as it must not be.</exception>
    public async Task<Reply> SendAsync(Run run, HttpRequestMessage message)
    {
        var address = message.RequestUri!;
        var request = await FaultyRequest.OfAsync(message, address.Port == run.World.PassingAddress?.Port, run.Ending);
        _http = run.World.Http2(address) is not null && random.Next(2) == 0 ? 2 : 1;
        var kinds = ClientFaultKinds.Of(request, _http);
        _kind = only ?? kinds[random.Next(kinds.Count)];
        Reply reply;
        try
        {
            reply = _http == 2
                ? await new Http2Fault(run, _kind, random).SendAsync(run.World.Http2(address)!, request)
                : await new Http1Fault(run, _kind, random).SendAsync(address, request);
        }
        catch (TimeoutException)
        {
            throw run.Violated("the server neither answers nor closes the connection");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // What had been sent by then is not known: the server closes early what it refuses.
            reply = Reply.None(e) with { IsFaulted = true, IsWhole = true };
        }

        plan.Reply = reply;
        run.Check(reply.Status is < 500 or 501 or 503, $"{reply.Said}, and nothing but the client is wrong");

        // 207: the files of a form that came before it broke off.
        run.Check(reply.IsWhole || !reply.IsSuccess || reply.Status == 207, $"{reply.Said} of a request that was not whole");
        run.Check(!_kind.IsDue(_http) || reply.Broken is null, $"a request that was whole was not answered: {reply.Broken}");
        return reply;
    }
}
