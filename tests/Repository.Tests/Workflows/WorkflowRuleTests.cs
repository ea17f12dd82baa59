namespace Sluice.RepositoryTests.Workflows;

/// <summary>The workflows keep the rules, and every rule can be broken.</summary>
public sealed class WorkflowRuleTests
{
    // One change that a review may miss, to a workflow that keeps all rules, for each rule.
    public static TheoryData<string, string, string, string> Changes { get; } = new()
    {
        { "An action is a commit, and its version is told", "ci", "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0", "actions/setup-node@v7" },
        { "An action is a commit, and its version is told", "ci", "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0", "actions/setup-node@8207627 # v7.0.0" },
        { "An action is a commit, and its version is told", "codeql", "8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2", "8aad20d150bbac5944a9f9d289da16a4b0d87c1e" },
        { "Nothing is permitted that a job does not name", "ci", "permissions: {}", "permissions: { contents: read }" },
        { "Nothing is permitted that a job does not name", "ci", "permissions: {}", "permissions: write-all" },
        { "Nothing is permitted that a job does not name", "ci", "      contents: read\n", "      contents: read\n      id-token: write\n" },
        { "Nothing is permitted that a job does not name", "ci", "    permissions:\n      contents: read\n", "" },
        { "Nothing is permitted that a job does not name", "azure-dev", "      contents: read\n      id-token: write", "      contents: write\n      id-token: write" },
        { "Nothing is permitted that a job does not name", "release", "      packages: write\n", "      packages: write\n      actions: write\n" },
        { "No trigger lends our rights to a stranger", "ci", "  pull_request:\n", "  pull_request_target:\n" },
        { "No trigger lends our rights to a stranger", "codeql", "  schedule:\n", "  issue_comment:\n  schedule:\n" },
        { "An expression never becomes script", "ci", "run: bash .ci/run", "run: bash .ci/run '${{ github.event.pull_request.title }}'" },
        { "An expression never becomes script", "azure-dev", "azd deploy --no-prompt", "azd deploy ${{ inputs.environment }} --no-prompt" },
        { "Nobody holds a secret", "azure-dev", "client-id: ${{ vars.AZURE_CLIENT_ID }}", "creds: ${{ secrets.AZURE_CREDENTIALS }}" },
        { "Nobody holds a secret", "azure-dev", "    uses: ./.github/workflows/ci.yml\n", "    uses: ./.github/workflows/ci.yml\n    secrets: inherit\n" },
        { "An expression never becomes script", "release", "--api-key \"$KEY\"", "--api-key ${{ steps.login.outputs.NUGET_API_KEY }}" },
        { "A job that hangs ends within the hour", "ci", "    timeout-minutes: 60\n", "" },
        { "A job that hangs ends within the hour", "codeql", "timeout-minutes: 30", "timeout-minutes: 360" },
        { "Runs don't pile up", "ci", "  group: ci-", "  # group: ci-" },
        { "A failure in a pipe counts", "ci", "    shell: bash", "    shell: sh" },
        { "No step finds the token of the checkout", "ci", "persist-credentials: false", "persist-credentials: true" },
        { "No step finds the token of the checkout", "codeql", "        with:\n          persist-credentials: false\n", "" },
        { "What is named is there", "ci", ".github/memory-report.js", ".github/memory-reports.js" },
        { "What is named is there", "ci", "global-json-file: global.json", "global-json-file: src/global.json" },
        { "What is named is there", "azure-dev", "./.github/workflows/ci.yml", "./.github/workflows/tests.yml" },
    };

    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        from rule in WorkflowRules.All.Keys
        from workflow in Workflow.Names
        select new TheoryDataRow<string, string>(rule, workflow);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_workflow_keeps_every_rule(string rule, string workflow) =>
        Assert.Empty(WorkflowRules.All[rule](Workflow.Read(workflow)));

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_workflow_that_breaks_a_rule_is_noticed(string rule, string workflow, string written, string changed) =>
        Assert.NotEmpty(WorkflowRules.All[rule](Workflow.Read(workflow).Changed(written, changed)));

    [Fact]
    public void Every_rule_is_broken_once() =>
        Assert.Equal(WorkflowRules.All.Keys.Order(), Changes.Select(static change => change.Data.Item1).Distinct().Order());

    [Fact]
    public void One_action_has_one_version() => Assert.All(
        Workflow.Names.Select(Workflow.Read)
            .SelectMany(static workflow => workflow.Steps)
            .Select(static step => step.At("uses").Text())
            .OfType<string>()
            .Distinct()
            // The parts of codeql-action are one release.
            .GroupBy(static uses => string.Join('/', uses.Split('@')[0].Split('/').Take(2))),
        static action => Assert.Single(action.Select(static uses => uses.Split('@')[1]).Distinct()));
}
