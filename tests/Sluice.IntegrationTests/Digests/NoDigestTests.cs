using System.Text.Json;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Digests;

/// <summary>
/// With <c>Sluice:Digests:Compute</c> at <c>None</c>, nothing is told of what nobody asked for,
/// and what was declared is checked all the same.
/// </summary>
public sealed class NoDigestTests(NoDigestServer server) : IClassFixture<NoDigestServer>
{
    private static readonly byte[] Body = Payload.Random(100_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_no_digest_that_nobody_asked_for()
    {
        var put = await PutAsync("plain");

        Assert.Equal((201, null), (put.Status, put.Header("Repr-Digest")));
        Assert.Empty(JsonDocument.Parse(put.Body).RootElement.GetProperty("digests").EnumerateObject());
        Assert.Equal(
            ["sluice_upload"],
            (await server.Container.GetBlobClient("plain").GetPropertiesAsync(cancellationToken: Token)).Value.Metadata.Keys);
        using var get = await server.GetAsync("plain", ("Want-Repr-Digest", "sha-256=1"), ("Want-Content-Digest", "sha-256=1"));
        Assert.False(get.Headers.Contains("Repr-Digest") || get.Headers.Contains("Content-Digest"));
        Payload.AssertSame(Body, await get.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task What_is_wanted_or_declared_is_computed_for_that_upload()
    {
        var wanted = await PutAsync("wanted", ("Want-Repr-Digest", "sha-256=1"));
        var declared = await PutAsync("declared", DigestHeader.Of("Content-Digest sha-512", Body));
        var wrong = await PutAsync("wrong", DigestHeader.Of("Content-Digest sha-512", [1]));

        Assert.Equal($"sha-256=:{DigestHeader.Base64("sha-256", Body)}:", wanted.Header("Repr-Digest"));
        Assert.Equal($"sha-512=:{DigestHeader.Base64("sha-512", Body)}:", declared.Header("Repr-Digest"));
        Assert.Equal("400 digest-mismatch", wrong.Problem);
        Assert.False((await server.Container.GetBlobClient("wrong").ExistsAsync(Token)).Value);
    }

    private async Task<Answer> PutAsync(string name, params (string, string)[] headers)
    {
        using var response = await server.PutAsync(name, Payload.Content(Body, sized: false), headers);
        return await Answer.OfAsync(response, Token);
    }
}
