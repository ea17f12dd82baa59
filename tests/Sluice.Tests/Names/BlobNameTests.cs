using Sluice.Names;

namespace Sluice.Tests.Names;

public sealed class BlobNameTests
{
    public static TheoryData<string> Good => [
        "a",
        "a.txt",
        ".hidden",
        "..a/b..c",
        "reports/2026/07/till 7.csv",
        "what?/a#b&c=d;e:f|g*h\"<i>",
        "100%/50%25",
        "Zürich/日本/🚚.json",
        new string('x', 1_024),
        string.Join('/', Enumerable.Repeat("a", 254)),
    ];

    public static TheoryData<string> Bad => [
        "",
        new string('x', 1_025),
        string.Join('/', Enumerable.Repeat("a", 255)),
        "/a",
        "a/",
        "a//b",
        "/",
        ".",
        "..",
        "a/./b",
        "a/../b",
        "a./b",
        "a.",
        "a\\b",
        "a%2Fb",
        "a%2fb",
        "a\0b",
        "a\nb",
        "a\u007Fb",
        "a\u0085b",
        "a\uFFFE",
        "a\uFFFF",
    ];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_name_has_no_problem(string name) => Assert.Null(BlobName.Problem(name));

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_name_has_one(string name) => Assert.Matches(@"^[A-Z].*[\w'.]\.$", BlobName.Problem(name));

    [Theory]
    [InlineData(3)]
    [InlineData(1_020)]
    [InlineData(1_021)]
    [InlineData(1_024)]
    public void A_name_is_extended_behind_its_end_and_never_beyond_the_longest(int characters)
    {
        var name = new string('x', characters);

        Assert.Equal(name[..Math.Min(characters, 1_020)] + ".end", BlobName.Extend(name, ".end"));
    }

    [Theory]
    [InlineData(1_018)]
    [InlineData(1_019)]
    [InlineData(1_020)]
    public void A_name_is_not_cut_within_a_character(int before)
    {
        var extended = BlobName.Extend($"{new string('x', before)}🚚yyyyyy", ".end");

        Assert.Null(BlobName.Problem(extended));
        Assert.Equal(before == 1_018 ? $"{new string('x', before)}🚚.end" : $"{new string('x', Math.Min(before, 1_020))}.end", extended);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a//b.")]
    [InlineData("..")]
    [InlineData("Z\u00FCrich/")]
    public void A_prefix_may_end_anywhere(string prefix) => Assert.Null(BlobName.PrefixProblem(prefix));

    [Fact]
    public void A_prefix_that_no_name_can_have_is_a_problem()
    {
        foreach (var prefix in (string[])["a\n", "\0", "\u0085", "\uFFFF", "\uD83D", new string('x', 1_025)])
        {
            Assert.Matches(@"^A prefix .+\.$", BlobName.PrefixProblem(prefix));
        }
    }

    // Not rows of the table: a broken surrogate can't be the name of a test.
    [Fact]
    public void A_broken_surrogate_is_a_problem()
    {
        Assert.NotNull(BlobName.Problem("a\uD83D"));
        Assert.NotNull(BlobName.Problem("\uDE9Aa"));
        Assert.NotNull(BlobName.Problem("\uD83Da\uDE9A"));
        Assert.NotNull(BlobName.Problem("\uDE9A\uD83D"));
        Assert.Null(BlobName.Problem("\uD83D\uDE9A\uD83D\uDE9A"));
    }
}
