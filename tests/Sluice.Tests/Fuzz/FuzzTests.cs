using System.Globalization;

namespace Sluice.Tests.Fuzz;

/// <summary>
/// Whatever a stranger sends to a parser, it answers as its oracle does, throws nothing, and takes time and memory in proportion. Ten
/// thousand inputs for each; <c>SLUICE_FUZZ</c> says another number, <c>SLUICE_SEED</c> another seed, <c>SLUICE_REPORT</c> a folder for
/// fuzz.json, and <c>SLUICE_PART</c> the only targets, separated by <c>|</c>.
/// </summary>
[Collection(nameof(FuzzTests))]
public sealed class FuzzTests
{
    private const int DefaultInputs = 10_000;
    private const int DefaultSeed = 20261127;

    public static TheoryData<string> Parts =>
        [.. FuzzTargets.All.Select(static target => target.Part).Where(static part =>
            Environment.GetEnvironmentVariable("SLUICE_PART") is not { Length: > 0 } wanted
            || wanted.Split('|').Contains(part))];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Nothing_that_a_stranger_sends_misleads_stops_or_exhausts_a_parser(string part)
    {
        var target = FuzzTargets.All.Single(target => target.Part == part);
        var run = new Fuzzer(target, Setting("SLUICE_SEED", DefaultSeed), FuzzCoverage.Find()).Run(Setting("SLUICE_FUZZ", DefaultInputs));
        FuzzReport.Add(run);
        TestContext.Current.TestOutputHelper?.WriteLine(run.ToString());
        Assert.True(run.Violations == 0, $"{run}\n{string.Join('\n', run.Found)}");
    }

    [Fact]
    public void Every_file_of_the_corpus_belongs_to_a_target() => Assert.Empty(
        typeof(FuzzTests).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith("fuzz/", StringComparison.Ordinal))
            .Except(FuzzTargets.All.Select(static target => $"fuzz/{target.Part}.txt")));

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
