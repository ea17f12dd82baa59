using System.Collections.Concurrent;
using Azure.Storage.Blobs.Models;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>Deliveries in which one bit is not the sender's, over HTTP, with real storage behind.</summary>
public sealed class FlippedBitTests(SchemeServer server) : IClassFixture<SchemeServer>
{
    private const int Flips = 1000;
    private const int Seed = 20_261_124;

    // Of a body that is longer than the peek window, the first bytes are on their way before the last are here.
    private const int WithinTheWindow = 300;
    private const int BeyondTheWindow = 20_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Sources => ["standard-webhooks", "v1a", "svix", "github", "stripe", "slack", "shopify", "hmac"];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task A_flipped_bit_anywhere_is_refused_every_time_and_nothing_is_left_in_storage(string source)
    {
        var random = new Random(Seed);
        SchemeDelivery[] genuine = [SchemeDelivery.Of(source, "id-1", WithinTheWindow), SchemeDelivery.Of(source, "id-2", BeyondTheWindow)];
        var flipped = Enumerable.Range(0, Flips).Select(i => genuine[i % 2].Flipped(random)).ToList();
        var taken = new ConcurrentQueue<string>();

        await Parallel.ForEachAsync(
            flipped, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Token }, async (delivery, _) =>
        {
            using var answer = await server.DeliverAsync(source, delivery.Body, delivery.Headers);
            if (!IsRefusal((int)answer.StatusCode, delivery))
                taken.Enqueue($"{(int)answer.StatusCode}: {string.Join(' ', delivery.Headers)}");
        });

        Assert.Empty(taken);
        Assert.Empty(await LeftAsync(source, BlobStates.Uncommitted));
        foreach (var delivery in genuine)
        {
            using var answer = await server.DeliverAsync(source, delivery.Body, delivery.Headers);
            Assert.Equal(201, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task Of_one_that_was_staged_before_its_end_came_there_are_only_blocks_that_nobody_sees()
    {
        // Twice as many blocks as are on their way at once: some are at storage for certain.
        var genuine = SchemeDelivery.Of("large", "id-1", 8 << 20);
        byte[] body = [.. genuine.Body];
        body[^1] ^= 1;

        using var answer = await server.DeliverAsync("large", body, genuine.Headers);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Empty(await LeftAsync("large", BlobStates.None));
        Assert.Equal(["large/id-1"], await LeftAsync("large", BlobStates.Uncommitted));
    }

    // A long body whose id can't be found any more is refused for that, before all of it is here to be verified.
    private static bool IsRefusal(int status, SchemeDelivery delivery) =>
        status == 401 || (status == 422 && delivery.Source is "stripe" or "slack" && delivery.Body.Length > BeyondTheWindow);

    private async Task<IReadOnlyList<string>> LeftAsync(string source, BlobStates states)
    {
        var left = new List<string>();
        await foreach (var blob in server.Container.GetBlobsAsync(BlobTraits.None, states, $"{source}/", Token))
            left.Add(blob.Name);
        return left;
    }
}
