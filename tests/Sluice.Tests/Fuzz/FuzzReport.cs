using System.Text.Json;

namespace Sluice.Tests.Fuzz;

/// <summary>Collects what came of all targets, and writes it as <c>fuzz.json</c> into the folder that <c>SLUICE_REPORT</c> names.</summary>
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
                var rows = _runs.OrderBy(static row => row.Part, StringComparer.Ordinal)
                    .Select(static row => new { row.Part, row.Inputs, row.Seed, row.Violations, Seconds = Math.Round(row.Seconds, 1), row.Oracle });
                File.WriteAllText(Path.Combine(folder, "fuzz.json"), JsonSerializer.Serialize(rows, _json));
            }
        }
    }
}
