using Sluice.IntegrationTests.Reliability.ClientFaults;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>Which request of a run its client breaks, and how.</summary>
/// <param name="rule">What goes wrong; null for nothing, to see what is sent.</param>
/// <param name="at">The request, counted from 0, of those with which that is possible.</param>
/// <param name="random">Decides the rest of it.</param>
internal sealed class ClientFaultPlan(ClientFaultRule? rule, int at, Random random)
{
    private readonly List<RequestShape> _requests = [];

    /// <summary>What was sent.</summary>
    public IReadOnlyList<RequestShape> Requests => _requests;

    /// <summary>What went wrong.</summary>
    public ClientFault? Fault { get; private set; }

    /// <summary>What was asked for by the request that went wrong.</summary>
    public string? Operation { get; private set; }

    /// <summary>What came of it.</summary>
    public Reply? Reply { get; set; }

    /// <summary>Called for each request of the run, which sends one after the other.</summary>
    public ClientFault? Next(HttpRequestMessage request)
    {
        var shape = ClientFaultKinds.ShapeOf(request);
        _requests.Add(shape);
        if (rule is null || Fault is not null || !rule.Requests.Contains(shape) || _requests.Count(rule.Requests.Contains) != at + 1)
            return null;
        Operation = $"{request.Method}{(request.Content is null ? "" : " with a body")}";
        return Fault = new ClientFault(this, random, rule);
    }

    public override string ToString() =>
        $"{rule?.Name} at {Operation}, request {at} of those that it is possible with, {_requests.Count} in all";
}
