using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>azd finds what it deploys, and where to.</summary>
public sealed class AzdTests(CompiledInfra infra)
{
    private static readonly string _azure = Sources.All["azure.yaml"];

    [Fact]
    public void The_project_is_the_function_app() => Assert.Contains($"{Value("project")[2..]}/FunctionsApp.csproj", Sources.All.Keys);

    [Fact]
    public void The_template_is_here() => Assert.Contains($"{Value("path")}/{Value("module")}.bicep", Sources.All.Keys);

    [Fact]
    public void It_is_a_function_app_in_dotnet()
    {
        Assert.Equal("function", Value("host"));
        Assert.Equal("dotnet", Value("language"));
    }

    // azd looks for the resource group of the environment, and in it for the one resource that has the name of the service.
    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void The_tags_lead_to_the_app(string environment)
    {
        var service = Regex.Match(_azure, @"^services:\n  (\w+):$", RegexOptions.Multiline).Groups[1].Value;
        var snapshot = infra.Snapshot(environment);

        Assert.Equal(
            [Resource.App],
            Resource.All(snapshot).Where(resource => (string?)resource["tags"]?["azd-service-name"] == service).Select(Resource.Type));
        Assert.Equal(environment, (string?)Resource.Of(snapshot, "Microsoft.Resources/resourceGroups").Single()["tags"]!["azd-env-name"]);
    }

    private static string Value(string key) => Regex.Match(_azure, $@"^ +{key}: (\S+)$", RegexOptions.Multiline).Groups[1].Value;
}
