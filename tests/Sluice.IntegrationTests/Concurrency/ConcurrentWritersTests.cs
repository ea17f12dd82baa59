using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Concurrency;

/// <summary>Fifty clients that write one name at the same time.</summary>
[Collection(ConcurrencyTests.Name)]
public sealed class ConcurrentWritersTests(ConcurrentWritersTests.Fixture sluice) : IClassFixture<ConcurrentWritersTests.Fixture>
{
    private const int Writers = 50;

    private static readonly string[] _lost = ["409 write-conflict", "412 precondition-failed"];

    [Theory]
    [InlineData(Sizes.ManyBlocks)]
    [InlineData(Sizes.OneBlock)]
    [InlineData(Sizes.Both)]
    public async Task The_blob_is_one_of_the_bodies_and_its_writer_knows(Sizes sizes)
    {
        var blob = $"any-{sizes}";
        var uploads = await WriteAsync(blob, sizes);
        await AssertIsOneOfAsync(blob, uploads);
        Assert.All(uploads, static upload => Assert.Contains(upload.Outcome, (string[])["201", .. _lost]));
    }

    [Theory]
    [InlineData(Sizes.ManyBlocks)]
    [InlineData(Sizes.OneBlock)]
    [InlineData(Sizes.Both)]
    public async Task Of_those_that_only_create_one_does(Sizes sizes)
    {
        var blob = $"create-{sizes}";
        var uploads = await WriteAsync(blob, sizes, ("If-None-Match", "*"));
        await AssertIsOneOfAsync(blob, uploads);
        Assert.Single(uploads, static upload => upload.Outcome == "201");
        Assert.All(uploads.Where(static upload => upload.Outcome != "201"), static upload => Assert.Contains(upload.Outcome, _lost));
    }

    [Fact]
    public async Task Of_those_that_replace_what_they_have_seen_one_does()
    {
        var seen = (await sluice.SeedAsync("replace")).Split(' ')[0];
        var uploads = await WriteAsync("replace", Sizes.Both, ("If-Match", $"\"{seen}\""));
        await AssertIsOneOfAsync("replace", uploads);
        Assert.Single(uploads, static upload => upload.Outcome == "201");
        Assert.All(uploads.Where(static upload => upload.Outcome != "201"), static upload => Assert.Contains(upload.Outcome, _lost));
    }

    private async Task<Upload[]> WriteAsync(string blob, Sizes sizes, params (string, string)[] headers)
    {
        var random = new Random(1);
        var uploads = await Task.WhenAll(Enumerable.Range(0, Writers).Select(async seed =>
        {
            var large = sizes == Sizes.ManyBlocks || (sizes == Sizes.Both && seed % 2 == 0);
            var body = new RandomBody(
                seed, large ? random.Next(3_000_000, 5_000_000) : random.Next(1, TestBody.Mib), (Framing)(seed % 3 / 2));
            var answer = await sluice.PutAsync(blob, body, headers);
            return new Upload(
                answer.Status == 201 ? "201" : answer.Problem, answer.Status == 201 ? answer.Text("etag").Trim('"') : "", body.Sha256);
        }));
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(
                ", ", uploads.CountBy(static upload => upload.Outcome).Select(static outcome => $"{outcome.Value} x {outcome.Key}")));
        return uploads;
    }

    // The entity tag that storage has was told to one writer, whose body is there to the last byte.
    private async Task AssertIsOneOfAsync(string blob, Upload[] uploads)
    {
        var visible = (await sluice.VisibleAsync(blob)).Split(' ');
        var winner = Assert.Single(uploads, upload => upload.ETag == visible[0]);
        Assert.Equal(visible[1], Convert.ToHexString(Convert.FromBase64String(winner.Sha256)));
        await sluice.AssertHealthyAsync();
    }

    /// <summary>How the bodies reach storage: several requests and a commit, one request, or either.</summary>
    public enum Sizes
    {
        ManyBlocks,
        OneBlock,
        Both,
    }

    private sealed record Upload(string Outcome, string ETag, string Sha256);

    public sealed class Fixture(AzuriteFixture azurite) : SluiceFixture(azurite)
    {
        protected override string ConnectionString { get; } = azurite.ConnectionString;
    }
}
