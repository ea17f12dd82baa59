using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sluice.RepositoryTests.Containers;

/// <summary>The instructions of a Dockerfile.</summary>
/// <param name="text">Its content.</param>
internal sealed partial class Dockerfile(string text)
{
    /// <summary>What is checked in.</summary>
    public static Dockerfile Own { get; } = new(Repository.Read("Dockerfile"));

    /// <summary>Each with the stage that it belongs to, counted from 0 by FROM.</summary>
    public IReadOnlyList<(int Stage, string Name, string Value)> Instructions { get; } = [.. Parse(text)];

    /// <summary>The stage that becomes the image.</summary>
    public int Final => Instructions[^1].Stage;

    /// <summary>The values of an instruction in the image's own stage.</summary>
    public IEnumerable<string> Of(string name) =>
        Instructions.Where(line => line.Stage == Final && line.Name == name).Select(static line => line.Value);

    /// <summary>The base images in order.</summary>
    public IEnumerable<string> Images =>
        Instructions.Where(static line => line.Name == "FROM").Select(static line => FromOptions().Replace(line.Value, "").Split(' ')[0]);

    /// <summary>What is copied from the repository, in order, with its target.</summary>
    public IEnumerable<(string Source, string Target)> Copies =>
        from line in Instructions
        where line.Name == "COPY" && !line.Value.StartsWith("--from", StringComparison.Ordinal)
        let words = line.Value.Split(' ')
        from source in words[..^1]
        select (source, words[^1]);

    /// <summary>The variables that the image sets.</summary>
    public IReadOnlyDictionary<string, string> Environment => Pairs("ENV");

    /// <summary>What the image says of itself.</summary>
    public IReadOnlyDictionary<string, string> Labels => Pairs("LABEL");

    /// <summary>The words of an instruction in exec form, which needs no shell; null if it is in another.</summary>
    public static string[]? Exec(string value)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(value);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A copy with one change, the first place where it can be made.</summary>
    public Dockerfile Changed(string written, string changed)
    {
        Assert.Contains(written, text, StringComparison.Ordinal);
        var at = text.IndexOf(written, StringComparison.Ordinal);
        return new Dockerfile(string.Concat(text.AsSpan(0, at), changed, text.AsSpan(at + written.Length)));
    }

    private Dictionary<string, string> Pairs(string name) =>
        Of(name).SelectMany(static value => Pair().Matches(value))
            .ToDictionary(static pair => pair.Groups["name"].Value, static pair => pair.Groups["value"].Value);

    private static IEnumerable<(int Stage, string Name, string Value)> Parse(string text)
    {
        var stage = -1;
        var whole = Continued().Replace(Comment().Replace(text, ""), " ");
        foreach (var line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var name = line.Split(' ')[0];
            stage += name == "FROM" ? 1 : 0;
            yield return (stage, name, line[name.Length..].Trim());
        }
    }

    [GeneratedRegex(@"^\s*#.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"^(--\S+ )+")]
    private static partial Regex FromOptions();

    [GeneratedRegex(@"(?<name>[\w.]+)=(""(?<value>[^""]*)""|(?<value>\S*))")]
    private static partial Regex Pair();
}
