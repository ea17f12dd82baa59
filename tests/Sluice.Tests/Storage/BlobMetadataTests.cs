using Sluice.Digests;
using Sluice.Storage;

namespace Sluice.Tests.Storage;

public sealed class BlobMetadataTests
{
    private const int Room = (8 * 1024) - 256;

    [Theory]
    [InlineData("source", "till 7")]
    [InlineData("_a1", "")]
    [InlineData("A", " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")]
    public void Metadata_that_storage_takes_has_no_problem(string name, string value) => Assert.Null(Problem(name, value));

    [Theory]
    [InlineData("", "a")]
    [InlineData("1a", "a")]
    [InlineData("a-b", "a")]
    [InlineData("a.b", "a")]
    [InlineData("a b", "a")]
    [InlineData("ä", "a")]
    [InlineData("a", "ä")]
    [InlineData("a", "a\r\nx-ms-meta-b: c")]
    [InlineData("a", "a\tb")]
    [InlineData("a", "a\u007F")]
    [InlineData("sluice_sha256", "a")]
    [InlineData("Sluice_Upload", "a")]
    [InlineData("SLUICE_", "a")]
    public void Metadata_that_storage_or_we_do_not_take_has_one(string name, string value) => Assert.NotNull(Problem(name, value));

    [Fact]
    public void Metadata_is_limited_and_leaves_room_for_our_own()
    {
        Assert.Null(Problem("a", new string('x', Room - 1)));
        Assert.NotNull(Problem("a", new string('x', Room)));

        var ours = (DigestAlgorithm.Sha256.Metadata + Convert.ToBase64String(new byte[32]) + DigestAlgorithm.Sha512.Metadata
            + Convert.ToBase64String(new byte[64]) + BlobMetadata.Upload + Guid.Empty.ToString("N")).Length;
        Assert.InRange(Room + ours, 0, 8 * 1024);
    }

    [Fact]
    public void All_of_the_metadata_counts_together()
    {
        var metadata = Enumerable.Range(0, 100).ToDictionary(i => $"name{i:00}", _ => new string('x', 74));

        Assert.NotNull(BlobMetadata.Problem(metadata));
        Assert.Null(BlobMetadata.Problem(metadata.Skip(2).ToDictionary()));
    }

    private static string? Problem(string name, string value) => BlobMetadata.Problem(new Dictionary<string, string> { [name] = value });
}
