using System.Text.RegularExpressions;

namespace Infra.Tests.Dashboard;

/// <summary>What a query asks for that the code does not emit, by name.</summary>
internal static partial class Queries
{
    // Prometheus adds these to what it scrapes or receives.
    private static readonly string[] _ofPrometheus = ["instance", "job", "le"];

    /// <summary>Metrics and attributes of a Kusto query on the table AppMetrics that nothing emits.</summary>
    public static IEnumerable<string> UnknownToKusto(string query)
    {
        var attributes = Groups(AttributeOfKusto(), query).ToList();
        var names = Groups(Literal(), query).Except(attributes).Where(static name => name.Contains('.', StringComparison.Ordinal)).ToList();
        return names.Count == 0 ? ["No metric is named."]
            : Unknown(names, attributes, static metric => [metric.Name], static attribute => attribute);
    }

    /// <summary>Metrics and labels of a PromQL query that nothing emits.</summary>
    public static IEnumerable<string> UnknownToPrometheus(string query)
    {
        var labels = Groups(Matcher(), query).Concat(Groups(By(), query).SelectMany(static list => list.Split(", "))).Except(_ofPrometheus);
        var names = Groups(MetricOfPrometheus(), By().Replace(Selector().Replace(query, ""), "")).ToList();
        return names.Count == 0 ? ["No metric is named."]
            : Unknown(names, labels, static metric => metric.PrometheusNames, static attribute => attribute.Replace('.', '_'));
    }

    private static List<string> Unknown(
        IEnumerable<string> names, IEnumerable<string> attributes, Func<EmittedMetric, IEnumerable<string>> namesOf,
        Func<string, string> nameOf)
    {
        var asked = EmittedMetrics.All.Where(metric => namesOf(metric).Intersect(names).Any()).ToList();
        return
        [
            .. names.Except(asked.SelectMany(namesOf)),
            .. attributes.Except(asked.SelectMany(static metric => metric.Attributes).Select(nameOf)),
        ];
    }

    private static IEnumerable<string> Groups(Regex pattern, string query) =>
        pattern.Matches(query).Select(static match => match.Groups[1].Value).Distinct();

    [GeneratedRegex(@"Properties\[""([^""]+)""\]")]
    private static partial Regex AttributeOfKusto();

    [GeneratedRegex(@"""([^""]+)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"[{,]\s*(\w+)\s*(?:=~|!~|!=|=)")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex By();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]")]
    private static partial Regex Selector();

    [GeneratedRegex(@"\b([a-z][a-z0-9]*_[a-z0-9_]+)\b(?!\s*\()")]
    private static partial Regex MetricOfPrometheus();
}
