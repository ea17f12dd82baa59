using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// How large a campaign is, and where its figures go. All are short in <c>dotnet test</c>; <c>tests/reliability</c> runs them at length, by
/// these environment variables, and writes docs/reliability.md from what they report.
/// </summary>
internal static class Campaign
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Decides what every run does. <c>SLUICE_SEED</c> sets another; the first message of a violation names it.</summary>
    public static int Seed { get; } = Count("SLUICE_SEED", 12);

    /// <summary>
    /// What decides all that is random about one purpose in one run: the same for the same number, whatever runs beside it.
    /// </summary>
    /// <remarks>
    /// <see cref="Random"/> is linear in its seed: made from seeds in a row, the generators of two runs would choose in step.
    /// </remarks>
    public static Random RandomFor(long number, string purpose) =>
        new(BinaryPrimitives.ReadInt32LittleEndian(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Seed} {number} {purpose}")))));

    /// <summary>Only this run of a campaign, to look at a violation: <c>SLUICE_RUN</c>.</summary>
    public static int? Only { get; } = Environment.GetEnvironmentVariable("SLUICE_RUN") is { } run
        ? int.Parse(run, CultureInfo.InvariantCulture)
        : null;

    /// <summary>The size that an environment variable says, or the one for <c>dotnet test</c>.</summary>
    public static int Count(string variable, int inTests) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : inTests;

    /// <summary>Shows a table in the test's output, and keeps it in the folder that <c>SLUICE_REPORT</c> names.</summary>
    public static void Report(string name, object figures, string table)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(table);
        Keep($"{name}.json", JsonSerializer.Serialize(figures, _json));
        Keep($"{name}.md", table);
    }

    /// <summary>Keeps something else in that folder.</summary>
    public static void Keep(string file, string text)
    {
        if (Environment.GetEnvironmentVariable("SLUICE_REPORT") is not { Length: > 0 } folder)
            return;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, file), text);
    }
}
