using Sluice.Failures;
using Sluice.Routing;
using Sluice.Routing.Conditions;
using Sluice.Settings;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Routing;

/// <summary>Compiles rules in tests.</summary>
internal static class Rules
{
    public static readonly string[] Containers = ["inbox", "images"];

    public static readonly string[] Targets = ["erp", "scanner"];

    /// <summary>A rule that stores what it takes.</summary>
    public static RouteOptions Store(string name, RouteConditionOptions? when = null, string blob = "{path}") =>
        new() { Name = name, When = when ?? new(), Store = new() { Container = "inbox", Name = blob } };

    public static RouteTable Table(params RouteOptions[] rules)
    {
        var problems = new List<string>();
        var table = RouteTable.Compile(rules, Containers, Targets, problems);
        Assert.Empty(problems);
        return table;
    }

    /// <summary>What is wrong with the third of three rules.</summary>
    public static List<string> Problems(RouteOptions rule)
    {
        var problems = new List<string>();
        var table = RouteTable.Compile([Store("first"), Store("second"), rule], Containers, Targets, problems);
        if (problems.Count > 0)
        {
            table.Decide(new Ask()).Failed(FailureKind.NoRoute, Phase.Route);
        }

        return problems;
    }

    public static Result<RouteDecision> Decide(this RouteTable table, Ask ask) => table.Decide(ask.Request, ask.Head, ask.Complete);

    public static IReadOnlyList<RuleTrace> Explain(this RouteTable table, Ask ask) => table.Explain(ask.Request, ask.Head, ask.Complete);

    /// <summary>What the only condition of the only rule made of a request. The decision must be in accord.</summary>
    public static ConditionTrace Look(RouteConditionOptions when, Ask ask)
    {
        var table = Table(Store("only", when));
        var trace = Assert.Single(table.Explain(ask));
        var condition = Assert.Single(trace.Conditions);
        Assert.Equal(condition.Holds, trace.Matched);
        Assert.Equal(condition.Holds, table.Decide(ask).TryGet(out _, out _));
        return condition;
    }
}
