using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>How bodies that would need too many blocks are cut.</summary>
public sealed class UploadPlanTests(SmallPlanServer server) : IClassFixture<SmallPlanServer>
{
    private const int KiB64 = 64 * 1024;
    private const int MiB = 1024 * 1024;

    // 64, 128, 256 and 512 KiB.
    private const int Reach = 15 * KiB64;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Blocks_that_memory_can_not_hold_pass_through()
    {
        var payload = Payload.Random(40_000_000);

        using var answer = await server.PutAsync("through", Payload.Content(payload), ("x-ms-meta-a", "b"));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var receipt = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(4, receipt.GetProperty("blocks").GetInt32());
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(payload)), receipt.GetProperty("digests").GetProperty("sha-256").GetString());
        Assert.Equal([10 * MiB, 10 * MiB, 10 * MiB, 40_000_000 - (30 * MiB)], await server.BlocksOfAsync("through"));
        using var read = await server.GetAsync("through");
        Assert.Equal("b", Assert.Single(read.Headers.GetValues("x-ms-meta-a")));
        Payload.AssertSame(payload, await read.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData(1, (4 * MiB) + 1, new[] { 2 * MiB, 2 * MiB, 1 })]
    [InlineData(2, (4 * MiB) + 1, new[] { 2 * MiB, 2 * MiB, 1 })]
    [InlineData(2, 8 * MiB, new[] { 2 * MiB, 2 * MiB, 2 * MiB, 2 * MiB })]
    public async Task Blocks_that_pass_through_need_not_be_full(int http, int bytes, int[] blocks)
    {
        var name = $"part-{http}-{bytes}";
        var payload = Payload.Random(bytes);

        using var answer = await server.SendAsync(HttpMethod.Put, server.PathOf(name), Payload.Content(payload), http);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(blocks.Select(size => (long)size), await server.BlocksOfAsync(name));
        Payload.AssertSame(payload, (await server.Container.GetBlobClient(name).DownloadContentAsync(Token)).Value.Content.ToArray());
    }

    [Theory]
    [InlineData(3 * KiB64, new[] { KiB64, KiB64, KiB64 })]
    [InlineData(4 * KiB64, new[] { 2 * KiB64, 2 * KiB64 })]
    [InlineData((4 * KiB64) + 1, new[] { 2 * KiB64, 2 * KiB64, 1 })]
    [InlineData(4 * MiB, new[] { MiB, MiB, MiB, MiB })]
    public async Task A_known_length_decides_the_size_of_all_blocks(int bytes, int[] blocks)
    {
        using var answer = await server.PutAsync($"known-{bytes}", Payload.Content(Payload.Random(bytes)));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(blocks.Select(size => (long)size), await server.BlocksOfAsync($"known-{bytes}"));
    }

    [Theory]
    [InlineData(1, KiB64 + 1, new[] { KiB64, 1 })]
    [InlineData(1, Reach - 1, new[] { KiB64, 2 * KiB64, 4 * KiB64, (8 * KiB64) - 1 })]
    [InlineData(1, Reach, new[] { KiB64, 2 * KiB64, 4 * KiB64, 8 * KiB64 })]
    [InlineData(2, Reach, new[] { KiB64, 2 * KiB64, 4 * KiB64, 8 * KiB64 })]
    public async Task Blocks_of_a_body_of_unknown_length_grow(int http, int bytes, int[] blocks)
    {
        var name = $"unknown-{http}-{bytes}";
        var payload = Payload.Random(bytes);

        using var answer = await server.SendAsync(HttpMethod.Put, server.PathOf(name), Payload.Content(payload, sized: false), http);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(blocks.Select(size => (long)size), await server.BlocksOfAsync(name));
        Payload.AssertSame(payload, (await server.Container.GetBlobClient(name).DownloadContentAsync(Token)).Value.Content.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_body_that_outgrows_all_blocks_is_refused(int http)
    {
        var content = Payload.Content(Payload.Random(Reach + 1), sized: false);

        using var answer = await server.SendAsync(HttpMethod.Put, server.PathOf($"over-{http}"), content, http);

        var problem = await ProblemDocument.ExpectAsync(answer, FailureKind.BodyTooLarge, Phase.Transfer);
        Assert.Equal(Reach, problem.LimitBytes);
        Assert.False((await server.Container.GetBlobClient($"over-{http}").ExistsAsync(Token)).Value);
    }
}
