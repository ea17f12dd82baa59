using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>The tests that a page names: <c>SomeTests</c> or <c>SomeTests.One_of_them</c>.</summary>
internal static partial class NamedTests
{
    private static readonly Dictionary<string, string> _classes = Directory.EnumerateFiles(
        Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
        .GroupBy(static file => Path.GetFileNameWithoutExtension(file))
        .ToDictionary(static files => files.Key, static files => string.Concat(files.Select(File.ReadAllText)));

    private static readonly Lazy<HashSet<string>> _methods = new(static () =>
        [.. _classes.Values.SelectMany(static source => Method().Matches(source)).Select(static test => test.Groups["method"].Value)]);

    /// <summary>Some are named, and all of them exist.</summary>
    public static void AssertExist(string text)
    {
        var tests = Test().Matches(text);
        Assert.NotEmpty(tests);
        Assert.All(tests, static test =>
        {
            var source = Assert.Contains(test.Groups["class"].Value, _classes);
            Assert.Matches($@"class {test.Groups["class"].Value}\b", source);
            if (test.Groups["method"].Value is { Length: > 0 } method)
                Assert.Contains($" {method}(", source, StringComparison.Ordinal);
        });
    }

    /// <summary>
    /// The names between backticks are of tests that exist: of a class, or of methods in any of them, which may be cut by an ellipsis.
    /// Returns how many there are.
    /// </summary>
    public static int AssertQuotedExist(string text)
    {
        var names = Quoted().Matches(text).Select(static quoted => quoted.Groups["name"].Value).ToList();
        Assert.All(names, static name => Assert.True(
            name.EndsWith("Tests", StringComparison.Ordinal)
                ? _classes.ContainsKey(name)
                : _methods.Value.Any(name.EndsWith('…')
                    ? method => method.StartsWith(name[..^1], StringComparison.Ordinal)
                    : method => method == name),
            $"There is no test {name}."));
        return names.Count;
    }

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:Task|void) (?<method>[A-Z][a-z0-9]*_\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex(@"(?<![\w.])(?<class>\w+Tests)(\.(?<method>\w+))?")]
    private static partial Regex Test();
}
