using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;
using Sluice.IntegrationTests.Uploads;

namespace Sluice.IntegrationTests.Digests;

/// <summary>Want-Repr-Digest and Want-Content-Digest: RFC 9530, section 4.</summary>
[Collection<OnUploadServer>]
public sealed class WantedDigestTests(UploadServer server)
{
    private static readonly byte[] Body = [1, 2, 3];
    private static readonly string Sha256 = $"sha-256=:{DigestHeader.Base64("sha-256", Body)}:";
    private static readonly string Sha512 = $"sha-512=:{DigestHeader.Base64("sha-512", Body)}:";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_is_wanted_of_an_upload_is_computed_told_and_kept(int http)
    {
        var name = $"wanted-{http}";

        var put = await SendAsync(HttpMethod.Put, name, http, ("Want-Repr-Digest", "sha-512=10, sha-256=1, unixsum=5"));

        Assert.Equal((201, Sha512), (put.Status, put.Header("Repr-Digest")));
        Assert.Null(put.Header("Content-Digest"));
        Assert.Equal(2, System.Text.Json.JsonDocument.Parse(put.Body).RootElement.GetProperty("digests").EnumerateObject().Count());
        var stored = (await server.Container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: Token)).Value;
        Assert.Equal(DigestHeader.Base64("sha-512", Body), stored.Metadata["sluice_sha512"]);

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            Assert.Equal($"{Sha256}, {Sha512}", (await SendAsync(method, name, http)).Header("Repr-Digest"));
            Assert.Equal(Sha256, (await SendAsync(method, name, http, ("Want-Repr-Digest", "sha-256=2, sha-512=1"))).Header("Repr-Digest"));
            Assert.Equal(Sha512, (await SendAsync(method, name, http, ("Want-Repr-Digest", "sha-256=0"))).Header("Repr-Digest"));
            Assert.Null((await SendAsync(method, name, http, ("Want-Repr-Digest", "sha-256=0, sha-512=0"))).Header("Repr-Digest"));
            Assert.Equal(Sha512, (await SendAsync(method, name, http, ("Want-Content-Digest", "sha-512=1"))).Header("Content-Digest"));
        }
    }

    [Fact]
    public async Task What_was_not_computed_is_not_told_and_the_next_best_is()
    {
        await SendAsync(HttpMethod.Put, "next-best", 1);

        var get = await SendAsync(HttpMethod.Get, "next-best", 1, ("Want-Repr-Digest", "sha-512=10, sha-256=1"));

        Assert.Equal(Sha256, get.Header("Repr-Digest"));
    }

    [Fact]
    public async Task A_part_has_the_digest_of_the_whole_and_none_of_its_own()
    {
        await SendAsync(HttpMethod.Put, "part", 1);

        var part = await SendAsync(HttpMethod.Get, "part", 1, ("Range", "bytes=1-1"), ("Want-Content-Digest", "sha-256=1"));

        Assert.Equal((206, Sha256, null), (part.Status, part.Header("Repr-Digest"), part.Header("Content-Digest")));
    }

    [Fact]
    public async Task The_content_of_a_receipt_has_a_digest_of_its_own()
    {
        var put = await SendAsync(HttpMethod.Put, "receipt", 1, ("Want-Content-Digest", "sha-256=1"));

        Assert.Equal(
            $"sha-256=:{DigestHeader.Base64("sha-256", System.Text.Encoding.UTF8.GetBytes(put.Body))}:", put.Header("Content-Digest"));
        Assert.Equal(Sha256, put.Header("Repr-Digest"));
    }

    [Theory]
    [InlineData("sha-512")]
    [InlineData("sha-512=11")]
    [InlineData("sha-512=")]
    [InlineData("ü")]
    public async Task A_wish_that_can_not_be_read_changes_nothing(string wish)
    {
        if (!System.Text.Ascii.IsValid(wish))
            Hosts.DifferIn(HostDifference.FieldBytes);
        var put = await SendAsync(HttpMethod.Put, "wish", 1, ("Want-Repr-Digest", wish));

        Assert.Equal((201, Sha256), (put.Status, put.Header("Repr-Digest")));
    }

    private async Task<Answer> SendAsync(HttpMethod method, string name, int http, params (string, string)[] headers)
    {
        using var response = await server.SendAsync(
            method, server.PathOf(name), method == HttpMethod.Put ? Payload.Content(Body) : null, http, headers);
        var answer = await Answer.OfAsync(response, Token);
        Assert.True(answer.Status < 400, answer.Problem);
        return answer;
    }
}
