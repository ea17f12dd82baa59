namespace Sluice.Tests.Architecture;

/// <summary>Folders are layers: the arrows between them are those of <see cref="Layers"/>, and point down.</summary>
public sealed class LayerTests
{
    // Arrows that there were once. Each of them closed a circle.
    private static readonly (string From, string To, string Type)[] _cut =
    [
        ("Diagnostics", "Memory", "BlockPool"),
        ("Digests", "Body", "BodySource"),
        ("Digests", "Storage", "BlobMetadata"),
        ("Downstream", "Routing", "RouteTable"),
        ("Failures", "Digests", "BodyDigests"),
        ("MediaTypes", "Routing", "RouteTable"),
        ("Memory", "Body", "BodySource"),
        ("Peek", "Body", "BodySource"),
        ("Settings", "Digests", "DigestAlgorithm"),
        ("Storage", "Resumable", "Chain"),
        ("Storage", "Routing", "RouteTable"),
    ];

    private static readonly Lazy<IReadOnlyList<Use>> _uses = new(static () => SourceCode.OfThisRepository.Uses());

    [Fact]
    public void Every_folder_uses_what_the_table_says_and_nothing_else()
    {
        Assert.Empty(Wrong(Layers.Engine, _uses.Value));
        Assert.Empty(Wrong(Layers.Http, _uses.Value));
    }

    [Fact]
    public void Every_arrow_points_down()
    {
        foreach (var layers in (IReadOnlyList<Layer>[])[Layers.Engine, Layers.Http, Layers.Projects])
        {
            var below = new HashSet<string>();
            foreach (var layer in layers)
            {
                Assert.All(layer.Uses, use => Assert.Contains(use, below));
                below.Add(layer.Namespace);
            }
        }
    }

    [Fact]
    public void Every_namespace_is_its_folder() => Assert.All(
        ((string[])["Sluice", "Sluice.AspNetCore", "Sluice.Ed25519", "Sluice.Telemetry", "Sluice.UploadPage"]).SelectMany(SourceCode.Files),
        static file =>
        {
            var folder = string.Join('.', file.Path.Split('/')[1..^1]);
            Assert.Contains($"namespace {folder};", file.Text, StringComparison.Ordinal);
        });

    [Fact]
    public void An_arrow_that_was_cut_is_noticed_when_it_is_put_back()
    {
        var putBack = _cut.ToDictionary(
            static arrow => $"src/Sluice/{arrow.From}/{arrow.To}.cs",
            static arrow => $"namespace Sluice.{arrow.From}; class To{arrow.To} {{ Sluice.{arrow.To}.{arrow.Type}? Field; }}");
        var code = new SourceCode(SourceCode.Files("Sluice").Concat(putBack.Select(static file => (file.Key, file.Value))));

        Assert.Equal(
            _cut.Select(static arrow =>
                $"Sluice.{arrow.From} must not use Sluice.{arrow.To}: src/Sluice/{arrow.From}/{arrow.To}.cs uses {arrow.Type}"),
            Wrong(Layers.Engine, [.. _uses.Value, .. code.Uses(putBack.ContainsKey)]));
    }

    [Fact]
    public void The_picture_of_the_documentation_shows_them()
    {
        var picture = LayerPicture.Draw(Layers.Engine) + LayerPicture.Draw(Layers.Http);
        var projects = LayerPicture.Draw(Layers.Projects);
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(SourceCode.Root, "artifacts")).FullName, "layers.md");
        File.WriteAllText(file, picture + projects);

        var page = SourceCode.Read("docs", "architecture.md");
        Assert.All(
            (string[])[picture, projects],
            drawn => Assert.True(page.Contains(drawn, StringComparison.Ordinal), $"docs/architecture.md must contain what is in {file}."));
    }

    private static List<string> Wrong(IReadOnlyList<Layer> layers, IReadOnlyList<Use> uses)
    {
        var known = layers.ToDictionary(static layer => layer.Namespace);
        var inside =
            uses.Where(use => known.ContainsKey(use.To) && (known.ContainsKey(use.From) || IsBelow(use.From, layers[^1].Namespace)))
                .ToList();
        var extra = inside.Where(use => !known.TryGetValue(use.From, out var layer) || !layer.Uses.Contains(use.To))
            .Select(static use => $"{use.From} must not use {use.To}: {use.Place}");
        var missing = layers.SelectMany(
            layer => layer.Uses.Where(to => !inside.Exists(use => use.From == layer.Namespace && use.To == to))
                .Select(to => $"{layer.Namespace} no longer uses {to}"));
        return [.. extra, .. missing];
    }

    // The engine's namespaces begin with its own name, and so do those of the other library.
    private static bool IsBelow(string name, string root) =>
        name.StartsWith($"{root}.", StringComparison.Ordinal)
            && (root != "Sluice" || !name.StartsWith("Sluice.AspNetCore", StringComparison.Ordinal));
}
