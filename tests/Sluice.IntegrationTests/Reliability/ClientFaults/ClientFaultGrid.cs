using System.Collections.Concurrent;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>
/// Which fault meets which way: run n is of way n % ways, and each way goes through every fault that is possible with one of its requests.
/// The ways begin at different faults, so that few runs meet every kind.
/// </summary>
internal sealed class ClientFaultGrid
{
    // How far apart two ways begin: together they are through the table before one of them is.
    private const int Stride = 7;

    private readonly IReadOnlyList<Way> _ways;
    private readonly IReadOnlyList<RequestShape>[][] _honest;
    private readonly ClientFaultRule[][] _rules;
    private readonly ConcurrentDictionary<(string Way, ClientFaultKind Kind), bool> _met = new();

    /// <param name="ways">The ways.</param>
    /// <param name="honest">For each way the requests of some runs in which nothing went wrong.</param>
    public ClientFaultGrid(IReadOnlyList<Way> ways, IReadOnlyList<RequestShape>[][] honest)
    {
        (_ways, _honest) = (ways, honest);
        _rules = [.. honest.Select(static runs => ClientFaultKinds.All.Where(rule => runs.Any(run => Count(run, rule) > 0)).ToArray())];
    }

    /// <summary>The ways that send no request with which anything can go wrong.</summary>
    public IEnumerable<string> Empty => _ways.Index().Where(way => _rules[way.Index].Length == 0).Select(static way => way.Item.Name);

    /// <summary>What a run does.</summary>
    /// <param name="number">The run.</param>
    /// <param name="random">Decides which of the requests it is, of those with which this fault is possible.</param>
    public (Way Way, ClientFaultRule Rule, int At) Case(int number, Random random)
    {
        var (step, way) = Math.DivRem(number, _ways.Count);
        var rules = _rules[way];
        var rule = rules[(step + (way * Stride)) % rules.Length];
        var counts = _honest[way].Select(run => Count(run, rule)).ToList();

        // Uploads are in more or fewer pieces: each fault meets first what every run has, and later what only some have.
        return (_ways[way], rule, random.Next(Math.Max(1, step < rules.Length ? counts.Min() : counts.Max())));
    }

    /// <summary>Notes that a fault has met its way.</summary>
    public void Meet(Way way, ClientFaultRule rule) => _met[(way.Name, rule.Kind)] = true;

    /// <summary>The kinds that nothing has met so far.</summary>
    public IEnumerable<ClientFaultKind> UnmetKinds() => Enum.GetValues<ClientFaultKind>().Except(_met.Keys.Select(static met => met.Kind));

    /// <summary>The pairs of a way and a kind that are possible and were not met so far.</summary>
    public IEnumerable<string> UnmetPairs() => _ways.Index()
        .SelectMany(way => _rules[way.Index].Select(rule => (way.Item.Name, rule.Kind)).Distinct())
        .Where(pair => !_met.ContainsKey(pair))
        .Select(static pair => $"{pair.Kind} at {pair.Name}");

    private static int Count(IReadOnlyList<RequestShape> run, ClientFaultRule rule) => run.Count(rule.Requests.Contains);
}
