using System.Text.RegularExpressions;

namespace Sluice.RepositoryTests.Containers;

/// <summary>A .dockerignore: the last pattern that fits a path or a folder above it decides.</summary>
/// <remarks>https://docs.docker.com/build/concepts/context/#syntax</remarks>
internal sealed class DockerIgnore(string text)
{
    private readonly List<(Regex Pattern, bool Ignores)> _rules =
    [
        .. from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
           where !line.StartsWith('#')
           let literal = Regex.Escape(line.TrimStart('!').Trim('/'))
           let pattern = literal.Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)
           select (new Regex($"^{pattern}(/|$)"), !line.StartsWith('!')),
    ];

    public static DockerIgnore Own { get; } = new(Repository.Read(".dockerignore"));

    public bool Ignores(string path) => _rules.FindLast(rule => rule.Pattern.IsMatch(path)).Ignores;
}
