using CsCheck;
using Sluice.Routing.Conditions;

namespace Sluice.Tests.Routing.Conditions;

public sealed class PathGlobTests
{
    private static readonly Gen<string> Glob = Gen.OneOf("*", "**", "/", "a", "b", ".").Array[1, 8].Select(string.Concat)
        .Where(static glob => PathGlob.Problem(glob) is null);

    private static readonly Gen<string> Path = Gen.OneOf("/", "a", "b", ".").Array[0, 10].Select(string.Concat);

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "A", false)]
    [InlineData("a", "ab", false)]
    [InlineData("*", "a", true)]
    [InlineData("*", "", true)]
    [InlineData("*", "a/b", false)]
    [InlineData("a/*.pdf", "a/b.pdf", true)]
    [InlineData("a/*.pdf", "a/.pdf", true)]
    [InlineData("a/*.pdf", "a/b/c.pdf", false)]
    [InlineData("a/*.pdf", "a/bxpdf", false)]
    [InlineData("a/*/c", "a/b/c", true)]
    [InlineData("a/*/c", "a/c", false)]
    [InlineData("**", "a/b/c", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("a/**", "ab/c", false)]
    [InlineData("**/c", "c", true)]
    [InlineData("**/c", "a/b/c", true)]
    [InlineData("**/c", "a/bc", false)]
    [InlineData("a/**/c", "a/c", true)]
    [InlineData("a/**/c", "a/x/y/c", true)]
    [InlineData("a/**/c", "a/xc", false)]
    [InlineData("**.pdf", "a/b.pdf", true)]
    [InlineData("a**z", "a/b/z", true)]
    [InlineData("a?", "ab", false)]
    [InlineData("a?", "a?", true)]
    [InlineData("[ab].(x)+", "[ab].(x)+", true)]
    [InlineData("*", "a\nb", true)]
    [InlineData("**", "a\n/b", true)]
    [InlineData("Zürich/*", "Zürich/日本", true)]
    public void A_glob_takes_a_path_or_not(string glob, string path, bool matches) =>
        Assert.Equal(matches, new PathGlob(glob).Matches(path));

    [Fact]
    public void A_glob_takes_what_its_definition_says() => Gen.Select(Glob, Path).Sample(static (glob, path) =>
        new PathGlob(glob).Matches(path) == Matches(glob, 0, path, 0));

    [Fact]
    public void A_glob_of_many_stars_takes_no_longer_for_it()
    {
        var glob = new PathGlob(string.Join("/", Enumerable.Repeat("**/*a*a", 20)));
        Assert.False(glob.Matches(string.Concat(Enumerable.Repeat("aaaaaaaaaa/", 1_500)) + "b"));
    }

    // The definition: what a star stands for is tried out, character by character.
    private static bool Matches(string glob, int g, string path, int p)
    {
        if (g == glob.Length)
        {
            return p == path.Length;
        }

        var rest = glob.AsSpan(g);
        if (rest.StartsWith("**/") && (g == 0 || glob[g - 1] == '/'))
        {
            return Matches(glob, g + 3, path, p)
                || Enumerable.Range(p, path.Length - p).Any(end => path[end] == '/' && Matches(glob, g + 3, path, end + 1));
        }

        if (rest.StartsWith("**"))
        {
            return Enumerable.Range(p, path.Length - p + 1).Any(end => Matches(glob, g + 2, path, end));
        }

        return rest[0] == '*'
            ? Matches(glob, g + 1, path, p) || (p < path.Length && path[p] != '/' && Matches(glob, g, path, p + 1))
            : p < path.Length && path[p] == rest[0] && Matches(glob, g + 1, path, p + 1);
    }
}
