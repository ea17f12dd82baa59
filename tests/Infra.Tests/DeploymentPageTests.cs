using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Tests.Rules;

namespace Infra.Tests;

/// <summary>What docs/deployment.md says is what infra/ has.</summary>
public sealed class DeploymentPageTests(CompiledInfra infra)
{
    private static readonly string _page = Sources.All["deployment.md"];

    [Fact]
    public void Every_parameter_has_a_row() => Assert.Equal(
        new[] { "main", "containerapp" }
            .SelectMany(name => infra.Template(name)["parameters"]!.AsObject())
            .Select(static parameter => parameter.Key)
            .Distinct()
            .Order(),
        Regex.Matches(_page, @"^\| `(\w+)` \|", RegexOptions.Multiline).Select(static row => row.Groups[1].Value).Order());

    [Fact]
    public void The_memory_of_an_upload_is_counted_as_the_rule_counts_it() => Assert.Contains(
        string.Create(CultureInfo.InvariantCulture, $"block size + {MemoryRule.OverheadBytes / (double)(1 << 20)} MiB"), _page,
        StringComparison.Ordinal);

    [Fact]
    public void Every_file_that_it_names_is_there() => Assert.All(
        Regex.Matches(_page, @"infra/[\w/]+\.\w+").Select(static name => name.Value),
        static name => Assert.Contains(name, Sources.All.Keys));

    [Fact]
    public void Every_variable_that_azd_is_told_to_set_is_read() => Assert.All(
        Regex.Matches(_page, "azd env set ([A-Z_]+)").Select(static variable => variable.Groups[1].Value),
        static name => Assert.Contains(
            $"readEnvironmentVariable('{name}'", Sources.All["infra/main.bicepparam"], StringComparison.Ordinal));

    [Fact]
    public void Every_name_that_azd_is_asked_for_is_an_output() => Assert.All(
        Regex.Matches(_page, "azd env get-value ([A-Z_]+)").Select(static name => name.Groups[1].Value),
        name => Assert.Contains(name, infra.Template("main")["outputs"]!.AsObject().Select(static output => output.Key)));
}
