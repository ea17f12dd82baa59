using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;
using Sluice.IntegrationTests.Uploads;

namespace Sluice.IntegrationTests.Digests;

/// <summary>What is declared of a body decides whether it becomes visible.</summary>
[Collection<OnUploadServer>]
public sealed class DeclaredDigestTests(UploadServer server)
{
    private const int Blocks = (2 * UploadServer.BlockBytes) + 7;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, int, bool> Ways
    {
        get
        {
            var ways = new TheoryData<string, int, int, bool>();
            foreach (var way in DigestHeader.All)
            {
                foreach (var bytes in (int[])[5, Blocks])
                {
                    ways.Add(way, bytes, 1, true);
                    ways.Add(way, bytes, 1, false);
                    ways.Add(way, bytes, 2, false);
                    ways.Add(way, bytes, 2, true);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_body_that_is_not_the_declared_one_leaves_what_was_there(string way, int bytes, int http, bool sized)
    {
        var (name, before, other) = (
            $"declared/{way.Replace(' ', '-')}/{bytes}/{http}/{sized}", Payload.Random(bytes), Payload.Random(bytes));
        using var first = await server.SendAsync(
            HttpMethod.Put, server.PathOf(name), Payload.Content(before, sized), http, DigestHeader.Of(way, before));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        using var second = await server.SendAsync(
            HttpMethod.Put, server.PathOf(name), Payload.Content(other, sized), http, DigestHeader.Of(way, before));

        var answer = await Answer.OfAsync(second, Token);
        var algorithm = way.Split(' ')[1];
        Assert.Equal("400 digest-mismatch", answer.Problem);
        Assert.Equal(
            (algorithm, DigestHeader.Base64(algorithm, before), DigestHeader.Base64(algorithm, other), "seal", "client"),
            (answer.Text("algorithm"), answer.Text("expected"), answer.Text("actual"), answer.Text("phase"), answer.Text("party")));
        Payload.AssertSame(before, (await server.Container.GetBlobClient(name).DownloadContentAsync(Token)).Value.Content.ToArray());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(Blocks)]
    public async Task All_that_agree_together_are_taken_and_one_that_does_not_is_enough(int bytes)
    {
        var body = Payload.Random(bytes);
        var (sha256, sha512) = (DigestHeader.Base64("sha-256", body), DigestHeader.Base64("sha-512", body));
        var more = new[]
        {
            DigestHeader.Of("Content-MD5 md5", body),
            DigestHeader.Of("x-ms-content-crc64 crc64nvme", body),
            ("Repr-Digest", $"sha-512=:{sha512}:")
        };

        using var taken = await server.PutAsync(
            $"all-{bytes}", Payload.Content(body), [("Content-Digest", $"sha-256=:{sha256}:, unixsum=:GQU=:"), .. more]);
        using var refused = await server.PutAsync(
            $"one-{bytes}", Payload.Content(body), [("Content-Digest", $"sha-256=:{DigestHeader.Base64("sha-256", [1])}:"), .. more]);

        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        await ProblemDocument.ExpectAsync(refused, FailureKind.DigestMismatch, Phase.Seal);
        Assert.False((await server.Container.GetBlobClient($"one-{bytes}").ExistsAsync(Token)).Value);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(Blocks)]
    public async Task The_declared_MD5_is_the_blob_s_own(int bytes)
    {
        var body = Payload.Random(bytes);

        using var answer = await server.PutAsync(
            $"md5-{bytes}", Payload.Content(body, sized: false), DigestHeader.Of("Content-MD5 md5", body));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var stored = (await server.Container.GetBlobClient($"md5-{bytes}").GetPropertiesAsync(cancellationToken: Token)).Value;
        Assert.Equal(DigestHeader.Base64("md5", body), Convert.ToBase64String(stored.ContentHash));
    }

    [Theory]
    [InlineData("Content-Digest", "unixsum=:GQU=:")]
    [InlineData("Content-Digest", "md5=:AAAA:, sha-999=1;x")]
    [InlineData("Repr-Digest", "crc32c=:Q3lHIA==:")]
    public async Task A_body_of_which_only_unknown_algorithms_are_declared_is_taken(string header, string value)
    {
        using var answer = await server.PutAsync("unknown", Payload.Content([1]), (header, value));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("Content-Digest", "sha-256=abc")]
    [InlineData("Content-Digest", "sha-256=:AAAA:")]
    [InlineData("Repr-Digest", "sha-512=:AAAA:")]
    [InlineData("Repr-Digest", "SHA-256=x")]
    [InlineData("Content-MD5", "AAAA")]
    [InlineData("x-ms-content-crc64", "12345")]
    public async Task A_field_that_can_not_be_read_is_refused_before_the_body_is_asked_for(string header, string value)
    {
        Hosts.DifferIn(HostDifference.DeclaredLengthIsReadFirst);
        using var client = await RawClient.ConnectAsync(server.Address(), Token);

        await client.SendHeadAsync(
            server.PathOf("malformed"), ["Expect: 100-continue", "Content-Length: 1000", $"{header}: {value}"], Token);
        // The first answer, so there is no 100 before it.
        var answer = await client.ReadAsync(Token);

        Assert.Equal("400 header-invalid", answer.Problem);
        Assert.Contains(header, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_a_field_are_one_and_the_last_of_an_algorithm_counts()
    {
        var (right, wrong) = ($"sha-256=:{DigestHeader.Base64("sha-256", [1])}:", $"sha-256=:{DigestHeader.Base64("sha-256", [2])}:");

        using var taken = await server.PutAsync("lines", Payload.Content([1]), ("Content-Digest", wrong), ("Content-Digest", right));
        using var refused = await server.PutAsync("lines", Payload.Content([1]), ("Content-Digest", right), ("Content-Digest", wrong));

        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        await ProblemDocument.ExpectAsync(refused, FailureKind.DigestMismatch, Phase.Seal);
    }

    [Theory]
    [InlineData("Content-Digest sha-256")]
    [InlineData("Repr-Digest sha-256")]
    public async Task Both_fields_are_of_the_bytes_as_they_are_coded(string way)
    {
        byte[] gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

        using var answer = await server.PutAsync("coded", Payload.Content(gzip), ("Content-Encoding", "gzip"), DigestHeader.Of(way, gzip));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task A_digest_in_a_trailer_is_ignored()
    {
        using var client = await RawClient.ConnectAsync(server.Address(), Token);

        await client.SendHeadAsync(
            server.PathOf("trailer"), ["Transfer-Encoding: chunked", "Trailer: Content-Digest", "Connection: close"], Token);
        await client.SendAsync($"1\r\nx\r\n0\r\nContent-Digest: sha-256=:{DigestHeader.Base64("sha-256", [])}:\r\n\r\n", Token);

        Assert.StartsWith("HTTP/1.1 201 ", await client.ReadToEndAsync(Token), StringComparison.Ordinal);
    }
}
