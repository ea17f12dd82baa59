using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.AspNetCore.Answers;

namespace Sluice.IntegrationTests.Faults;

/// <summary>The table for people and the switch for machines say the same.</summary>
public sealed class FailureTableTests
{
    [Fact]
    public void Every_failure_has_one_row_and_every_row_is_true()
    {
        var documented = Regex.Matches(Document(), @"^\| `([a-z-]+)` \| (\d{3}) \| (\w+) \| (yes|no) \|", RegexOptions.Multiline)
            .Select(static row => (row.Groups[1].Value, int.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture), row.Groups[3].Value, row.Groups[4].Value == "yes"));

        // For(kind) throws for a kind that has no problem, so this also shows that the switch is total.
        var real = Enum.GetValues<FailureKind>().Select(static kind =>
        {
            var problem = ProblemCatalog.For(kind);
            return (problem.Code, problem.Status, new Failure(kind, Phase.Admit, "").Party.ToString().ToLowerInvariant(), problem.Retry);
        });

        Assert.Equal(real.Order(), documented.Order());
    }

    [Fact]
    public void A_client_is_told_4xx_and_everybody_else_is_5xx() =>
        Assert.All(Enum.GetValues<FailureKind>(), static kind => Assert.Equal(
            new Failure(kind, Phase.Admit, "").Party == Party.Client, ProblemCatalog.For(kind).Status < 500));

    private static string Document()
    {
        using var reader = new StreamReader(typeof(FailureTableTests).Assembly.GetManifestResourceStream("failures.md")!);
        return reader.ReadToEnd();
    }
}
