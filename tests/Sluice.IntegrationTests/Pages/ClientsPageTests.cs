using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>docs/clients.md names the clients that the tests use, in the versions that they use.</summary>
public sealed partial class ClientsPageTests
{
    // What only drives or packs a client.
    private static readonly string[] _tools = ["axe-core", "esbuild", "puppeteer-core"];

    private static readonly string _page = Repository.Read("docs/clients.md");

    private static readonly List<string[]> _rows = [.. MarkdownTable.Rows(_page.Split('\n'), "| client |")];

    [Fact]
    public void Every_package_that_the_tests_use_has_a_row_with_its_version() => Assert.Equal(
        Used().Distinct().Order(), _rows.Where(static row => row[1] != "—").Select(static row => $"{row[1]} {row[2]}").Order());

    [Fact]
    public void Every_row_names_its_tests() => Assert.All(_rows, static row => NamedTests.AssertExist(row[5]));

    // UploaderTests run it.
    [Fact]
    public void All_code_for_pages_is_run()
    {
        var script = Repository.Read("tests/Sluice.IntegrationTests/UploadPage/browser/uploaders.mjs");
        var headings = Sample().Matches(_page).Select(static sample => sample.Groups["heading"].Value).ToList();

        Assert.NotEmpty(headings);
        Assert.All(headings, heading => Assert.Contains($"\"{heading}\"", script, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Used()
    {
        var files = Directory.EnumerateFiles(
            Repository.PathOf("tests/Sluice.IntegrationTests"), "package.json", SearchOption.AllDirectories)
            .Append(Repository.PathOf("src/Sluice.UploadPage/page/package.json"))
            // What is made of the API's document is no client of this table.
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj" or "OpenApi"));
        foreach (var file in files)
        {
            foreach (var package in JsonElement.Parse(File.ReadAllText(file)).GetProperty("dependencies").EnumerateObject())
            {
                if (!_tools.Contains(package.Name))
                    yield return $"{package.Name} {package.Value}";
            }
        }

        foreach (var sample in (string[])["browser", "application"])
            yield return $"uppy {Cdn().Match(Repository.Read($"docs/samples/{sample}/index.html")).Groups["version"].Value}";
    }

    [GeneratedRegex(@"^#### (?<heading>.+)\n(?:(?!#|```).*\n)*```js$", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"/npm/uppy@(?<version>[0-9.]+)/")]
    private static partial Regex Cdn();
}
