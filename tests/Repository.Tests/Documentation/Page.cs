using System.Text.RegularExpressions;

namespace Sluice.RepositoryTests.Documentation;

/// <summary>A Markdown page of the repository.</summary>
/// <param name="path">From the root.</param>
/// <param name="text">Its content.</param>
internal sealed partial class Page(string path, string text)
{
    /// <summary>From the root, with slashes.</summary>
    public string Path => path;

    /// <summary>Every page that people read on GitHub.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        .. Files("", "*.md", SearchOption.TopDirectoryOnly), .. Files(".github", "*.md", SearchOption.AllDirectories),
        .. Files("docs", "*.md", SearchOption.AllDirectories),
    ];

    /// <summary>What its links and images point to inside the repository: a path, or an anchor, or both.</summary>
    public IEnumerable<string> Targets =>
        Link().Matches(WithoutCode(text)).Select(static match => match.Groups["target"].Value)
            .Where(static target => !target.Contains(':', StringComparison.Ordinal));

    /// <summary>The names by which its headings, and places with a name of their own, can be linked to.</summary>
    /// <remarks>As GitHub makes them: https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links</remarks>
    public IEnumerable<string> Anchors => Headings.Select(Anchor).GroupBy(static name => name)
        .SelectMany(static same => same.Select((name, index) => index == 0 ? name : $"{name}-{index}"))
        .Concat(NamedAnchor().Matches(text).Select(static match => match.Groups["name"].Value));

    /// <summary>Its headings in order, each with its number signs.</summary>
    public IEnumerable<string> Headings => Heading().Matches(Block().Replace(text, "")).Select(static match => match.Value.TrimEnd());

    public static Page Read(string path) => new(path, Repository.Read(path));

    /// <summary>The links that lead nowhere.</summary>
    public IEnumerable<string> Broken() => Targets.Where(target => !Exists(target));

    private bool Exists(string target)
    {
        var (file, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
        var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.PathOf(path), "..", file));
        return file.Length == 0 ? Anchors.Contains(anchor)
            : anchor is null ? System.IO.Path.Exists(full)
            : File.Exists(full) && new Page(file, File.ReadAllText(full)).Anchors.Contains(anchor);
    }

    private static string Anchor(string heading)
    {
        var words = LinkText().Replace(heading.TrimStart('#').Trim(), "${text}");
        return NoAnchor().Replace(words.ToLowerInvariant(), "").Replace(' ', '-');
    }

    private static string WithoutCode(string markdown) => Code().Replace(Block().Replace(markdown, ""), "");

    private static IEnumerable<string> Files(string folder, string pattern, SearchOption depth) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), pattern, depth)
            .Select(static file => System.IO.Path.GetRelativePath(Repository.PathOf(""), file).Replace('\\', '/'))
            .Where(static file => !file.Split('/').Any(static part => part is "bin" or "obj" or "node_modules"));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(src|srcset)=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"<a id=""(?<name>[^""]+)""></a>")]
    private static partial Regex NamedAnchor();

    [GeneratedRegex("^#{1,6} .+$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\([^)]+\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
