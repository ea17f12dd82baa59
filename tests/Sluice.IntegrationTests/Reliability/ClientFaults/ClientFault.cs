using System.Net.Sockets;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>One request that goes wrong, and what is true of every answer to such a one.</summary>
/// <param name="plan">Is told what came of it.</param>
/// <param name="random">Decides how it goes wrong.</param>
/// <param name="rule">What goes wrong.</param>
internal sealed class ClientFault(ClientFaultPlan plan, Random random, ClientFaultRule rule)
{
    /// <summary>What it is called in tables.</summary>
    public string Name => rule.Name;

    /// <summary>Sends it.</summary>
    /// <exception cref="Violation">It was answered as it must not be.</exception>
    public async Task<Reply> SendAsync(Run run, HttpRequestMessage message)
    {
        var address = message.RequestUri!;
        var request = await FaultyRequest.OfAsync(message, address.Port == run.World.PassingAddress?.Port, run.Ending);
        Reply reply;
        var areAllBytesSent = false;
        try
        {
            (reply, areAllBytesSent) = rule.Http == 2
                ? await new Http2Fault(run, rule.Kind, random).SendAsync(address, request)
                : await new Http1Fault(run, rule.Kind, random).SendAsync(address, request);
        }
        catch (TimeoutException)
        {
            throw run.Violated("the server neither answers nor closes the connection");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // The server closes early what it refuses. How much had been sent by then is not known.
            reply = Reply.None(e);
        }

        reply = reply with
        {
            IsFaulted = !rule.IsDue,
            IsWhole = rule.Sends == SentRequest.Whole || (rule.Sends == SentRequest.Either && reply.IsWhole),
        };
        plan.Reply = reply;

        // 503: others hold the memory.
        run.Check(reply.Status is < 500 or 503, $"{reply.Said}, and nothing but the client is wrong");

        // 207: the files of a form that came before it broke off. An upload by tus is complete with its last byte, even if the
        // request that brings it has no end.
        var isTus = request.Headers.Any(static header => header.Name == "Tus-Resumable");
        var isComplete = reply.Status == 207 || (areAllBytesSent && isTus);
        run.Check(reply.IsWhole || !reply.IsSuccess || isComplete, $"{reply.Said} of a request that was not whole");
        run.Check(!rule.IsDue || reply.Broken is null, $"a request that was whole was not answered: {reply.Broken}");
        return reply;
    }
}
