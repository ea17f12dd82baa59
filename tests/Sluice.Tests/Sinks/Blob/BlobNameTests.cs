using Sluice.Sinks.Blob;

namespace Sluice.Tests.Sinks.Blob;

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
    public void A_bad_name_has_one(string name) => Assert.NotNull(BlobName.Problem(name));

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
