using System.Xml.Linq;

namespace Sluice.Tests.Architecture;

/// <summary>An app gets what it uses: each library references little, and what not every app needs is a library of its own.</summary>
public sealed class ProjectTests
{
    private static readonly Dictionary<string, XDocument> _projects = Directory
        .EnumerateDirectories(Path.Combine(SourceCode.Root, "src"))
        // Not deeper: the worker's SDK generates a project into obj.
        .SelectMany(static folder => Directory.EnumerateFiles(folder, "*.csproj"))
        .ToDictionary(static path => Path.GetFileNameWithoutExtension(path), static path => XDocument.Load(path));

    private static IEnumerable<string> Libraries => Layers.Packages.Select(static library => library.Namespace);

    [Fact]
    public void Every_project_references_what_the_table_says_and_nothing_else() => Assert.Equal(
        Layers.Projects.OrderBy(static project => project.Namespace).Select(static project => Line(project.Namespace, project.Uses)),
        _projects.OrderBy(static project => project.Key).Select(static project => Line(project.Key, References(project.Value))));

    [Fact]
    public void A_library_brings_no_other_packages_into_an_app() => Assert.All(
        Layers.Packages,
        static library => Assert.Equal(
            Line(library.Namespace, library.Uses), Line(library.Namespace, Packages(_projects[library.Namespace]))));

    [Fact]
    public void Every_library_is_a_package_and_no_other_project_is() => Assert.Equal(
        Libraries.Order(),
        _projects.Where(static project => Values(project.Value, "Import", "Project").Contains(@"..\Package.props"))
            .Select(static project => project.Key).Order());

    // What runs programs during the build is in files of this kind: the page needs Node.js.
    [Fact]
    public void Only_the_upload_page_is_built_by_more_than_the_SDK() => Assert.Equal(
        ["Sluice.UploadPage"],
        _projects.Where(static project => project.Value.Descendants("Exec").Any()
                || Values(project.Value, "Import", "Project").Any(static file => file.EndsWith(".targets", StringComparison.Ordinal)))
            .Select(static project => project.Key));

    // The compiler's generator writes the classes of log messages in an order that changes from build to build. With one class, the same
    // sources give the same bytes (.ci/reproduce).
    [Fact]
    public void The_log_messages_of_a_project_are_in_one_class() => Assert.All(
        _projects.Keys,
        static project => Assert.InRange(
            SourceCode.Files(project).Count(static file => file.Text.Contains("[LoggerMessage(", StringComparison.Ordinal)), 0, 1));

    [Fact]
    public void The_page_of_the_library_names_every_package_and_packs_it()
    {
        var page = SourceCode.Read("docs", "library.md");
        var packed = page.Split("for p in ")[1].Split(';')[0].Split([' ', '\\', '\n'], StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Libraries.Order(), packed.Order());
        Assert.All(Libraries, library => Assert.Contains($"| `{library}` |", page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(XDocument project) =>
        Values(project, "ProjectReference", "Include").Select(static path => Path.GetFileNameWithoutExtension(path.Split('\\')[^1]));

    private static IEnumerable<string> Packages(XDocument project) =>
        from reference in project.Descendants("PackageReference")
        where (string?)reference.Attribute("PrivateAssets") != "all"
        select (string)reference.Attribute("Include")!;

    private static IEnumerable<string> Values(XDocument project, string element, string attribute) =>
        project.Descendants(element).Select(found => (string)found.Attribute(attribute)!);

    private static string Line(string name, IEnumerable<string> uses) => $"{name}: {string.Join(' ', uses.Order(StringComparer.Ordinal))}";
}
