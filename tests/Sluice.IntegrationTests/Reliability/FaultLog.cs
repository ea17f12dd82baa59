using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>What came of the faults of a campaign: its violations, and tables of who met what. Thread-safe.</summary>
internal sealed class FaultLog
{
    private readonly ConcurrentQueue<Injection> _injections = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private int _count;

    /// <summary>How many runs met a fault.</summary>
    public int Count => _injections.Count;

    /// <summary>How many faults there were in them.</summary>
    public int Injections => _count;

    /// <summary>What was met.</summary>
    public IEnumerable<Injection> Met => _injections;

    /// <summary>The promises that were not kept.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    public void Add(Injection injection)
    {
        _injections.Enqueue(injection);
        Interlocked.Add(ref _count, injection.Times);
    }

    public void Violate(string message) => _violations.Enqueue(message);

    /// <summary>The tables for people, and the figures for the report.</summary>
    public (string Table, object Figures) Summary(TimeSpan elapsed, string held)
    {
        var table = new StringBuilder();
        table.Append(
            CultureInfo.InvariantCulture, $"{_injections.Count} runs with a fault, {Injections} injections, seed {Campaign.Seed}, ");
        table.AppendLine(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:F0} s, {_violations.Count} violations; {held}").AppendLine();
        Rows(table, "fault", static one => one.Fault);
        Rows(table, "way", static one => one.Way);
        Rows(table, "operation", static one => one.Operation);
        return (table.ToString(), new
        {
            runs = _injections.Count,
            injections = Injections,
            seed = Campaign.Seed,
            seconds = (int)elapsed.TotalSeconds,
            violations = _violations.ToArray(),
            cells = _injections.CountBy(static one => $"{one.Fault} | {one.Way} | {one.Operation} | {one.Outcome}")
                .OrderBy(static cell => cell.Key, StringComparer.Ordinal).ToDictionary(),
        });
    }

    private void Rows(StringBuilder table, string title, Func<Injection, string> by)
    {
        table.AppendLine(CultureInfo.InvariantCulture, $"| {title} | runs | injections | the answer to the affected request |")
            .AppendLine("| --- | --- | --- | --- |");
        foreach (var group in _injections.GroupBy(by).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var outcomes = group.CountBy(static one => one.Outcome)
                .OrderByDescending(static outcome => outcome.Value)
                .Select(static outcome => $"{outcome.Value} x {outcome.Key}");
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {group.Key} | {group.Count()} | {group.Sum(static one => one.Times)} | {string.Join(", ", outcomes)} |");
        }

        table.AppendLine();
    }
}
