using System.Globalization;
using System.Text.Json;

namespace Sluice.Tests.Fuzz;

/// <summary>
/// Collects what came of all targets, and writes it as <c>fuzz.json</c> and <c>fuzz.md</c> into the folder that <c>SLUICE_REPORT</c> names.
/// </summary>
internal static class FuzzReport
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly List<FuzzRun> _runs = [];

    public static void Add(FuzzRun run)
    {
        lock (_runs)
        {
            _runs.Add(run);
            if (Environment.GetEnvironmentVariable("SLUICE_REPORT") is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
                var runs = _runs.OrderBy(static row => row.Part, StringComparer.Ordinal).ToList();
                var rows = runs.Select(static row => new
                {
                    row.Part,
                    row.Inputs,
                    row.Seed,
                    row.Violations,
                    Seconds = Math.Round(row.Seconds, 1),
                    row.Oracle
                });
                File.WriteAllText(Path.Combine(folder, "fuzz.json"), JsonSerializer.Serialize(rows, _json));
                File.WriteAllText(Path.Combine(folder, "fuzz.md"), Table(runs));
            }
        }
    }

    private static string Table(List<FuzzRun> runs) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {runs.Count} parsers, {runs.Sum(static run => (long)run.Inputs):N0} inputs, seed {runs[0].Seed}, {runs.Sum(static run => run.Seconds):F0} s, {runs.Sum(static run => run.Violations)} violations

        | parser | inputs | violations | s | compared with |
        | --- | --- | --- | --- | --- |
        {string.Join('\n', runs.Select(static run => string.Create(CultureInfo.InvariantCulture, $"| {run.Part} | {run.Inputs:N0} | {run.Violations} | {run.Seconds:F1} | {run.Oracle} |")))}
        """);
}
