using System.Buffers;
using Sluice.Failures;
using Sluice.Routing.Evidence;
using Sluice.Settings;

namespace Sluice.Routing;

/// <summary>The rules of <c>Sluice:Routes</c>, in order. The first that matches a request decides where its body goes.</summary>
internal sealed class RouteTable
{
    private readonly IReadOnlyList<RouteRule> _rules;

    private RouteTable(IReadOnlyList<RouteRule> rules) => _rules = rules;

    /// <summary>
    /// Compiles rules. Every problem becomes a sentence that names the setting. The table then has no rules at all, because without the
    /// invalid rule the others could accept what it was meant to refuse.
    /// </summary>
    /// <param name="rules">The rules as configured.</param>
    /// <param name="containers">The containers that may be written (<c>Sluice:Blob:Containers</c>, <c>Sluice:Blob:Aliases</c>).</param>
    /// <param name="targets">The names of the downstream services (<c>Sluice:Relay:Targets</c>).</param>
    /// <param name="problems">Collects the sentences.</param>
    public static RouteTable Compile(
        IReadOnlyList<RouteOptions> rules,
        IReadOnlyCollection<string> containers,
        IReadOnlyCollection<string> targets,
        ICollection<string> problems)
    {
        var before = problems.Count;
        var compiler = new RouteCompiler(containers, targets);
        var compiled = rules.Select((rule, index) => compiler.Compile(rule ?? new(), $"{RouteOptions.Section}:{index}", problems)).ToList();
        return new RouteTable(problems.Count == before ? [.. compiled.OfType<RouteRule>()] : []);
    }

    /// <summary>Returns where a body goes, or why it is refused.</summary>
    /// <param name="request">The request.</param>
    /// <param name="head">The first bytes of its body; not used after the call.</param>
    /// <param name="complete">Whether they are the whole body.</param>
    public Result<RouteDecision> Decide(RouteRequest request, ReadOnlySequence<byte> head, bool complete)
    {
        var evidence = new RouteEvidence(request, head, complete);
        return Match(evidence, traces: null) is { } rule
            ? rule.Decide(evidence)
            : new Failure(
                FailureKind.NoRoute, Phase.Route, $"None of the {_rules.Count} rules of {RouteOptions.Section} matches the request.");
    }

    /// <summary>Returns how each rule evaluated a request, up to the one that matches.</summary>
    public IReadOnlyList<RuleTrace> Explain(RouteRequest request, ReadOnlySequence<byte> head, bool complete)
    {
        var traces = new List<RuleTrace>();
        _ = Match(new RouteEvidence(request, head, complete), traces);
        return traces;
    }

    private RouteRule? Match(RouteEvidence evidence, ICollection<RuleTrace>? traces) =>
        _rules.FirstOrDefault(rule => rule.Matches(evidence, traces));
}
