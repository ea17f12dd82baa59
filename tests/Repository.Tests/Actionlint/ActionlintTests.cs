using Sluice.RepositoryTests.Workflows;

namespace Sluice.RepositoryTests.Actionlint;

/// <summary>The workflows as a linter sees them that knows GitHub's keys, contexts and events.</summary>
public sealed class ActionlintTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => Workflow.Names.Select(static name => new TheoryDataRow<string>(name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_finds_nothing(string workflow) => Assert.Empty(await LintAsync(Workflow.Read(workflow)));

    [Theory]
    [InlineData("ci", "timeout-minutes: 60", "timeout-minute: 60", "unexpected key \"timeout-minute\"")]
    [InlineData("ci", "matrix.os", "matrix.oss", "property \"oss\" is not defined")]
    [InlineData("ci", "steps.measure.outcome", "steps.measured.outcome", "property \"measured\" is not defined")]
    [InlineData("ci", "ubuntu-latest", "ubuntu-newest", "label \"ubuntu-newest\" is unknown")]
    [InlineData("codeql", "27 4 * * 1", "27 4 * *", "invalid CRON format")]
    [InlineData("azure-dev", "needs: test", "needs: tests", "job \"tests\" which does not exist")]
    [InlineData("azure-dev", "vars.AZURE_CLIENT_ID", "var.AZURE_CLIENT_ID", "undefined variable \"var\"")]
    [InlineData("release", "steps.build.outputs.digest", "steps.built.outputs.digest", "property \"built\" is not defined")]
    public async Task It_finds_a_slip(string workflow, string written, string slip, string finding)
    {
        var findings = await LintAsync(Workflow.Read(workflow).Changed(written, slip));

        Assert.Contains(findings, found => found.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void The_lock_file_names_no_registry() => Assert.DoesNotContain(
        "\"resolved\"", File.ReadAllText(Path.Combine(Linter.Source, "package-lock.json")), StringComparison.Ordinal);

    private static Task<IEnumerable<string>> LintAsync(Workflow workflow) => Linter.LintAsync(workflow.Path, workflow.Text);
}
