using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sluice.RepositoryTests.Workflows;

/// <summary>What holds for every workflow, whoever wrote it. Each rule returns what breaks it.</summary>
internal static partial class WorkflowRules
{
    // None of these runs with more rights than the one who started it has.
    private static readonly string[] _triggers = ["push", "pull_request", "schedule", "workflow_call", "workflow_dispatch"];

    private static readonly Dictionary<string, string[]> _permissions = new()
    {
        ["codeql"] = ["contents: read", "security-events: write"],
        ["azure-dev"] = ["contents: read", "id-token: write"],
        ["release"] = ["contents: read", "contents: write", "packages: write", "id-token: write", "attestations: write"],
    };

    public static Dictionary<string, Func<Workflow, IEnumerable<string>>> All { get; } = new()
    {
        // A tag can be moved to other code, a commit can't: https://docs.github.com/actions/reference/security/secure-use
        ["An action is a commit, and its version is told"] = static workflow =>
            workflow.Lines.Where(static line => UsesLine().IsMatch(line) && !PinnedLine().IsMatch(line)),

        ["Nothing is permitted that a job does not name"] = static workflow =>
        [
            .. workflow.Root.At("permissions") is YamlMappingNode { Children.Count: 0 } ? [] : (string[])["permissions: {} at the top"],
            .. workflow.Jobs.Where(static job => job.Job.At("permissions") is not YamlMappingNode)
                .Select(static job => $"permissions of {job.Name}"),
            .. Permissions(workflow).Except(_permissions.GetValueOrDefault(workflow.Name, ["contents: read"])),
        ],

        ["No trigger lends our rights to a stranger"] = static workflow => workflow.Root.At("on").Names().Except(_triggers),

        // ${{ }} is pasted into the script before the shell reads it. An environment variable is not.
        ["An expression never becomes script"] = static workflow =>
            workflow.Scripts.Where(static script => script.Contains("${{", StringComparison.Ordinal)),

        ["Nobody holds a secret"] = static workflow => workflow.Lines.Where(static line => SecretWord().IsMatch(line.Split('#')[0])),

        ["A job that hangs ends within the hour"] = static workflow => workflow.Jobs
            .Where(static job => job.Job.At("uses") is null)
            .Where(static job => !(int.TryParse(job.Job.At("timeout-minutes").Text(), out var minutes) && minutes <= 60))
            .Select(static job => job.Name),

        ["Runs don't pile up"] = static workflow =>
            workflow.Root.At("concurrency").At("group").Text() is { Length: > 0 } ? [] : ["concurrency"],

        // GitHub's own default, bash -e, forgets the exit code of all but the last command of a pipe.
        ["A failure in a pipe counts"] = static workflow =>
            workflow.Scripts.Any() && workflow.Root.At("defaults").At("run").At("shell").Text() != "bash" ? ["defaults.run.shell"] : [],

        ["No step finds the token of the checkout"] = static workflow => workflow.Steps
            .Where(static step => Uses(step, "actions/checkout") && step.At("with").At("persist-credentials").Text() != "false")
            .Select(static step => step.ToString()),

        ["What is named is there"] = static workflow => NamedPaths(workflow).Where(static path => !Path.Exists(Repository.PathOf(path))),
    };

    private static IEnumerable<string> Permissions(Workflow workflow) =>
        from job in workflow.Jobs
        from permission in job.Job.At("permissions").Entries()
        select $"{permission.Name}: {permission.Value.Text()}";

    private static bool Uses(YamlNode step, string action) => step.At("uses").Text()?.Split('@')[0] == action;

    private static IEnumerable<string> NamedPaths(Workflow workflow) =>
        workflow.Scripts.SelectMany(static script => OwnPath().Matches(script)).Select(static match => match.Value)
            .Concat(workflow.Steps.Select(static step => step.At("with").At("global-json-file").Text()).OfType<string>())
            .Concat(workflow.Jobs.Select(static job => job.Job.At("uses").Text()).OfType<string>());

    [GeneratedRegex(@"^\s*(- )?uses:\s+(?!\./)")]
    private static partial Regex UsesLine();

    [GeneratedRegex(@"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex PinnedLine();

    [GeneratedRegex(@"\bsecrets\b", RegexOptions.IgnoreCase)]
    private static partial Regex SecretWord();

    [GeneratedRegex(@"(?<![\w./-])(\.ci|\.github|docs|infra|src|tests)/[\w./-]+")]
    private static partial Regex OwnPath();
}
