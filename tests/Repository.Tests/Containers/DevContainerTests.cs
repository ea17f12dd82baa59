using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sluice.RepositoryTests.Containers;

/// <summary>.devcontainer/devcontainer.json has what the README asks a machine for; its tools are a rule of the gallery.</summary>
public sealed partial class DevContainerTests
{
    private static readonly JsonElement _container = JsonElement.Parse(Repository.Read(".devcontainer/devcontainer.json"));

    [Fact]
    public void It_is_an_image_of_the_sdk_that_global_json_names()
    {
        var sdk = JsonElement.Parse(Repository.Read("global.json")).GetProperty("sdk").GetProperty("version").GetString()!;

        Assert.Equal($"mcr.microsoft.com/devcontainers/dotnet:1-{sdk[..sdk.LastIndexOf('.')]}-noble", Text("image"));
    }

    [Fact]
    public void It_has_node_22_and_each_feature_is_of_a_version()
    {
        var features = _container.GetProperty("features");

        Assert.All(features.EnumerateObject(), static feature => Assert.Matches(Versioned(), feature.Name));
        Assert.Equal("22", features.GetProperty("ghcr.io/devcontainers/features/node:1").GetProperty("version").GetString());
    }

    [Fact]
    public void It_restores_once_made() =>
        Assert.Contains("dotnet restore FunctionsApp.sln", Text("postCreateCommand"), StringComparison.Ordinal);

    [Fact]
    public void Its_port_is_that_of_every_example() =>
        Assert.Equal([7071], _container.GetProperty("forwardPorts").EnumerateArray().Select(static port => port.GetInt32()));

    private static string Text(string name) => _container.GetProperty(name).GetString()!;

    [GeneratedRegex(@":\d+(\.\d+)*$")]
    private static partial Regex Versioned();
}
