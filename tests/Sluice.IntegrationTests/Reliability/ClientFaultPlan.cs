using Sluice.IntegrationTests.Reliability.ClientFaults;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>Which request of a run its client breaks, and how.</summary>
/// <param name="at">The request, counted from 0; -1 for none, to see how many there are.</param>
/// <param name="random">Decides the rest of it.</param>
/// <param name="only">What can go wrong; null for everything.</param>
internal sealed class ClientFaultPlan(int at, Random random, ClientFaultKind? only = null)
{
    /// <summary>How many requests there were.</summary>
    public int Requests { get; private set; }

    /// <summary>What went wrong.</summary>
    public ClientFault? Fault { get; private set; }

    /// <summary>What was asked for by the request that went wrong.</summary>
    public string? Operation { get; private set; }

    /// <summary>What came of it.</summary>
    public Reply? Reply { get; set; }

    /// <summary>Called for each request of the run, which sends one after the other.</summary>
    public ClientFault? Next(HttpRequestMessage request)
    {
        if (Requests++ != at)
            return null;
        Operation = $"{request.Method}{(request.Content is null ? "" : " with a body")}";
        return Fault = new ClientFault(this, random, only);
    }

    public override string ToString() => $"{Fault?.Name} at {Operation}, request {at} of {Requests}";
}
