using Sluice.IntegrationTests.Digests;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>A relayed body is held against what was declared of it: a service never gets a wrong one whole.</summary>
[Collection<OnRelayServer>]
public sealed class RelayedDigestTests(RelayServer server)
{
    private const int Bytes = 300_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, int, bool> Ways
    {
        get
        {
            var ways = new TheoryData<string, string, int, bool>();
            foreach (var target in (string[])["one", "two"])
            {
                foreach (var http in (int[])[1, 2])
                {
                    ways.Add("Content-Digest sha-256", target, http, true);
                    ways.Add("Repr-Digest sha-512", target, http, false);
                    ways.Add("Content-MD5 md5", target, http, true);
                    ways.Add("x-ms-content-crc64 crc64nvme", target, http, false);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_body_that_is_not_the_declared_one_reaches_the_service_as_an_aborted_request(
        string way, string target, int http, bool sized)
    {
        var (body, path) = (TestBody.Of(Bytes), server.Service.At(Scripts.Echo));

        var answer = await SendAsync(target, path, body, http, sized, DigestHeader.Of(way, [1]));

        var exchange = await server.Service.SeenAsync(path);
        Assert.Equal("400 digest-mismatch", answer.Problem);
        Assert.Equal(way.Split(' ')[1], answer.Text("algorithm"));
        Assert.Equal("aborted", await exchange.OutcomeAsync());
        Assert.Null(exchange.Sha256);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_body_that_is_the_declared_one_reaches_the_service_with_its_digest(string way, string target, int http, bool sized)
    {
        var (body, path) = (TestBody.Of(Bytes), server.Service.At(Scripts.Echo));
        var header = DigestHeader.Of(way, body);

        var answer = await SendAsync(target, path, body, http, sized, header);

        var exchange = await server.Service.SeenAsync(path);
        Assert.Equal(200, answer.Status);
        Assert.Equal(("whole", header.Value), (await exchange.OutcomeAsync(), exchange.Header(header.Name)));
    }

    [Fact]
    public async Task A_field_that_can_not_be_read_is_refused_before_the_service_is_asked()
    {
        var path = server.Service.At(Scripts.Echo);

        var answer = await SendAsync("one", path, [1], 1, true, ("Content-Digest", "sha-256=no"));

        Assert.Equal("400 header-invalid", answer.Problem);
        Assert.False(server.Service.HasSeen(path));
    }

    [Fact]
    public async Task Of_a_part_the_digest_of_the_whole_says_nothing_and_its_own_does()
    {
        var (body, taken, refused) = (TestBody.Of(1000), server.Service.At(Scripts.Echo), server.Service.At(Scripts.Echo));
        var part = ("Content-Range", "bytes 0-999/5000");

        Assert.Equal(200, (await SendAsync("one", taken, body, 1, true, part, DigestHeader.Of("Repr-Digest sha-256", [1]))).Status);
        Assert.Equal(
            "400 digest-mismatch",
            (await SendAsync("one", refused, body, 1, true, part, DigestHeader.Of("Content-Digest sha-256", [1]))).Problem);
    }

    [Theory]
    [InlineData("one", 1, "POST")]
    [InlineData("two", 2, "POST")]
    [InlineData("one", 1, "GET")]
    [InlineData("two", 2, "GET")]
    public async Task A_body_that_is_missing_is_not_the_declared_one_either(string target, int http, string method)
    {
        var (taken, refused) = (server.Service.At(Scripts.Echo), server.Service.At(Scripts.Echo));

        Assert.Equal("200", await StatusAsync(taken, DigestHeader.Of("Content-Digest sha-256", [])));
        Assert.Equal("400 digest-mismatch", await StatusAsync(refused, DigestHeader.Of("Content-Digest sha-256", [1])));
        Assert.False(server.Service.HasSeen(refused));

        async Task<string> StatusAsync(string path, (string, string) header)
        {
            var content = method == "POST" ? Payload.Content([]) : null;
            using var response = await server.SendAsync(new HttpMethod(method), $"/api/relay/{target}/{path}", content, http, header);
            return response.IsSuccessStatusCode ? $"{(int)response.StatusCode}" : (await Answer.OfAsync(response, Token)).Problem;
        }
    }

    private async Task<Answer> SendAsync(string target, string path, byte[] body, int http, bool sized, params (string, string)[] headers)
    {
        using var response = await server.SendAsync(
            HttpMethod.Post, $"/api/relay/{target}/{path}", Payload.Content(body, sized), http, headers);
        return await Answer.OfAsync(response, Token);
    }
}
