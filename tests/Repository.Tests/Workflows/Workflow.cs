using YamlDotNet.RepresentationModel;

namespace Sluice.RepositoryTests.Workflows;

/// <summary>A file of .github/workflows.</summary>
/// <param name="name">Without folder and extension.</param>
/// <param name="text">Its content.</param>
internal sealed class Workflow(string name, string text)
{
    private const string Folder = ".github/workflows";

    public string Name => name;

    /// <summary>As it is written: what YAML drops, such as comments, counts too.</summary>
    public string Text => text;

    /// <summary>The same, line by line.</summary>
    public IEnumerable<string> Lines => text.Split('\n');

    /// <summary>The whole of it.</summary>
    public YamlNode Root { get; } = Parse(text);

    /// <summary>Everything that GitHub would run.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [
            .. Directory.EnumerateFiles(Repository.PathOf(Folder)).Select(System.IO.Path.GetFileNameWithoutExtension).OfType<string>()
                .Order()
        ];

    /// <summary>The path from the root.</summary>
    public string Path => PathOf(name);

    /// <summary>The jobs by name.</summary>
    public IEnumerable<(string Name, YamlNode Job)> Jobs => Root.At("jobs").Entries();

    /// <summary>The steps of all jobs.</summary>
    public IEnumerable<YamlNode> Steps => Jobs.SelectMany(static job => job.Job.At("steps").Items());

    /// <summary>The scripts of all steps.</summary>
    public IEnumerable<string> Scripts => Steps.Select(static step => step.At("run").Text()).OfType<string>();

    public static Workflow Read(string name) => new(name, Repository.Read(PathOf(name)));

    /// <summary>A copy with one change, the first place where it can be made.</summary>
    public Workflow Changed(string written, string changed)
    {
        Assert.Contains(written, text, StringComparison.Ordinal);
        var at = text.IndexOf(written, StringComparison.Ordinal);
        return new Workflow(name, string.Concat(text.AsSpan(0, at), changed, text.AsSpan(at + written.Length)));
    }

    private static string PathOf(string name) => $"{Folder}/{name}.yml";

    private static YamlNode Parse(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return stream.Documents.Single().RootNode;
    }
}
