using System.Xml.Linq;

namespace FunctionsApp.Tests;

/// <summary>The project file puts the right files next to the worker, here and in Azure.</summary>
public sealed class ProjectTests
{
    private static readonly XElement _project = XDocument.Parse(Resources.Read("FunctionsApp.csproj")).Root!;

    // Without it the host takes the defaults, and the worker, which reads the file itself, another route prefix than the host.
    [Fact]
    public void The_host_file_goes_to_output_and_publish()
    {
        var file = Linked("host.json");

        Assert.Equal(@"..\..\host.json", (string?)file.Attribute("Include"));
        Assert.Equal("PreserveNewest", (string?)file.Attribute("CopyToOutputDirectory"));
        Assert.Equal("PreserveNewest", (string?)file.Attribute("CopyToPublishDirectory"));
    }

    // It may hold keys.
    [Fact]
    public void Local_settings_never_leave_the_desk()
    {
        var file = Linked("local.settings.json");

        Assert.Equal(@"..\..\local.settings.json", (string?)file.Attribute("Include"));
        Assert.Equal("PreserveNewest", (string?)file.Attribute("CopyToOutputDirectory"));
        Assert.Equal("Never", (string?)file.Attribute("CopyToPublishDirectory"));
        Assert.Equal(@"Exists('..\..\local.settings.json')", (string?)file.Attribute("Condition"));
    }

    [Fact]
    public void It_is_an_isolated_worker_on_version_4_with_the_settings_of_both_hosts()
    {
        Assert.Equal("Exe", Property("OutputType"));
        Assert.Equal("v4", Property("AzureFunctionsVersion"));
        Assert.Contains(_project.Elements("Import"), import => (string?)import.Attribute("Project") == @"..\Worker.props");
    }

    private static string? Property(string name) => (string?)_project.Elements("PropertyGroup").Elements(name).SingleOrDefault();

    private static XElement Linked(string name) => _project.Descendants("None").Single(item => (string?)item.Attribute("Link") == name);
}
