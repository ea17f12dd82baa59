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

    [GeneratedRegex(@"(?<![\w.])(?<class>\w+Tests)(\.(?<method>\w+))?")]
    private static partial Regex Test();
}
