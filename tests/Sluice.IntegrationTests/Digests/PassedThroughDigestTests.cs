using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;
using Sluice.IntegrationTests.Uploads;

namespace Sluice.IntegrationTests.Digests;

/// <summary>The last of the bytes of such a body is with storage before its end is known: nothing is committed before it is.</summary>
public sealed class PassedThroughDigestTests(SmallPlanServer server) : IClassFixture<SmallPlanServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Content-Digest sha-256", 1)]
    [InlineData("Repr-Digest sha-512", 2)]
    [InlineData("Content-MD5 md5", 1)]
    [InlineData("x-ms-content-crc64 crc64nvme", 2)]
    public async Task A_body_that_passes_through_is_checked_before_it_is_committed(string way, int http)
    {
        var (body, name) = (Payload.Random((8 << 20) - 3), $"through-{way.Replace(' ', '-')}");

        using var refused = await server.SendAsync(
            HttpMethod.Put, server.PathOf(name), Payload.Content(body), http, DigestHeader.Of(way, [1]));
        await ProblemDocument.ExpectAsync(refused, FailureKind.DigestMismatch, Phase.Seal);
        Assert.False((await server.Container.GetBlobClient(name).ExistsAsync(Token)).Value);

        using var taken = await server.SendAsync(
            HttpMethod.Put, server.PathOf(name), Payload.Content(body), http, DigestHeader.Of(way, body));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        Assert.Equal(4, (await server.BlocksOfAsync(name)).Count());
    }
}
