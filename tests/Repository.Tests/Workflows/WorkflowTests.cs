using System.Globalization;

namespace Sluice.RepositoryTests.Workflows;

/// <summary>What single workflows promise.</summary>
public sealed class WorkflowTests
{
    private static readonly Workflow _ci = Workflow.Read("ci");
    private static readonly Workflow _deploy = Workflow.Read("azure-dev");
    private static readonly Workflow _release = Workflow.Read("release");

    [Fact]
    public void Everything_is_tested_on_three_systems_and_one_that_fails_hides_no_other()
    {
        var strategy = Job(_ci, "test").At("strategy");

        Assert.Equal(["ubuntu-latest", "windows-latest", "macos-latest"], strategy.At("matrix").At("os").Names());
        Assert.Equal("false", strategy.At("fail-fast").Text());
    }

    [Fact]
    public void Ci_runs_what_is_run_at_a_desk() =>
        Assert.Contains(Job(_ci, "test").At("steps").Items(), static step => step.At("run").Text() == "bash .ci/run");

    // README and NodeRuntime say 20; Azurite itself says 22.
    [Fact]
    public void Azurite_has_the_node_that_it_asks_for() => Assert.All(
        _ci.Steps.Select(static step => step.At("with").At("node-version").Text()).OfType<string>(),
        static version => Assert.True(int.Parse(version, CultureInfo.InvariantCulture) >= 22));

    [Fact]
    public void Nothing_is_deployed_that_is_not_tested()
    {
        Assert.Equal("./.github/workflows/ci.yml", Job(_deploy, "test").At("uses").Text());
        Assert.Equal(["test"], Job(_deploy, "deploy").At("needs").Names());
    }

    [Fact]
    public void What_deploys_is_in_an_environment_whose_rules_hold_and_is_never_interrupted()
    {
        Assert.NotNull(Job(_deploy, "deploy").At("environment").Text());
        Assert.Equal("false", _deploy.Root.At("concurrency").At("cancel-in-progress").Text());
    }

    [Fact]
    public void Azure_is_signed_in_to_by_the_token_of_the_run()
    {
        var login = _deploy.Steps.Single(static step => step.At("uses").Text()?.Split('@')[0] == "azure/login");

        Assert.Equal(["client-id", "tenant-id", "subscription-id"], login.At("with").Names());
        Assert.Equal("write", Job(_deploy, "deploy").At("permissions").At("id-token").Text());
    }

    // In this order, each after the one before: what can't be taken back comes after what can fail.
    [Fact]
    public void A_version_is_tested_made_and_attested_before_it_is_published()
    {
        Assert.Equal(["test", "packages", "image", "nuget", "release"], _release.Jobs.Select(static job => job.Name));
        Assert.Equal("./.github/workflows/ci.yml", Job(_release, "test").At("uses").Text());
        Assert.Equal(
            ["test", "packages", "packages image", "nuget"],
            _release.Jobs.Skip(1).Select(static job => string.Join(' ', job.Job.At("needs").Names())));
        Assert.All(
            (string[])["packages", "image"],
            static job => Assert.Contains(
                Job(_release, job).At("steps").Items(),
                static step => step.At("uses").Text()?.StartsWith("actions/attest-build-provenance@", StringComparison.Ordinal) == true));
    }

    // The packages that were compared and attested are those that are pushed: nothing is built after it.
    [Theory]
    [InlineData("nuget", "id-token: write")]
    [InlineData("release", "contents: write")]
    public void What_publishes_builds_nothing_and_may_do_nothing_else(string job, string permission)
    {
        var (permissions, steps) = (Job(_release, job).At("permissions").Entries(), Job(_release, job).At("steps").Items());

        Assert.Equal([permission], permissions.Select(static entry => $"{entry.Name}: {entry.Value.Text()}"));
        Assert.DoesNotContain(steps, static step => step.At("uses").Text()?.Split('@')[0] == "actions/checkout");
    }

    [Fact]
    public void Packages_are_published_from_an_environment_whose_rules_hold() =>
        Assert.Equal("nuget", Job(_release, "nuget").At("environment").Text());

    private static YamlDotNet.RepresentationModel.YamlNode Job(Workflow workflow, string name) =>
        workflow.Jobs.Single(job => job.Name == name).Job;
}
