using YamlDotNet.RepresentationModel;

namespace Sluice.RepositoryTests.Gallery;

/// <summary>The repository as somebody sees it who considers it as a template of azd: files by their path from the root.</summary>
internal sealed class Template
{
    private readonly Dictionary<string, string?> _changes = new(StringComparer.Ordinal);

    public static Template Own { get; } = new();

    /// <summary>The text of a file, or null if there is none.</summary>
    public string? Read(string path) => _changes.TryGetValue(path, out var changed) ? changed
        : File.Exists(Repository.PathOf(path)) ? Repository.Read(path).ReplaceLineEndings("\n")
        : null;

    /// <summary>A file of YAML or JSON, or null if there is none.</summary>
    public YamlNode? Parse(string path)
    {
        if (Read(path) is not { } text)
            return null;
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return stream.Documents.Single().RootNode;
    }

    /// <summary>The paths of the files directly in a folder, without those that are taken out.</summary>
    public IEnumerable<string> Files(string folder) => (Directory.Exists(Repository.PathOf(folder))
            ? Directory.EnumerateFiles(Repository.PathOf(folder)).Select(file => $"{folder}/{Path.GetFileName(file)}") : [])
        .Where(path => Read(path) is not null);

    /// <summary>A copy without a file.</summary>
    public Template Without(string path) => With(path, null);

    /// <summary>A copy with one change to a file.</summary>
    public Template Changed(string path, string written, string changed)
    {
        var text = Read(path) ?? "";
        Assert.Contains(written, text, StringComparison.OrdinalIgnoreCase);
        return With(path, text.Replace(written, changed, StringComparison.OrdinalIgnoreCase));
    }

    private Template With(string path, string? text)
    {
        Assert.NotNull(Read(path));
        var copy = new Template();
        foreach (var change in _changes)
            copy._changes.Add(change.Key, change.Value);
        copy._changes[path] = text;
        return copy;
    }
}
