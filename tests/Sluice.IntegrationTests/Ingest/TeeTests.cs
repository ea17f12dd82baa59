using System.Security.Cryptography;
using Sluice.IntegrationTests.Digests;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Server;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Ingest;

/// <summary>One body into a real blob service and to a real downstream service.</summary>
[Collection<OnIngestServer>]
public sealed class TeeTests(IngestServer server)
{
    private const int Bytes = (3 * TestBody.Mib) + 1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<TeeCommit, string, bool> Ways
    {
        get
        {
            var ways = new TheoryData<TeeCommit, string, bool>();
            foreach (var commit in IngestServer.Commits)
            {
                foreach (var target in (string[])["one", "two"])
                {
                    ways.Add(commit, target, true);
                    ways.Add(commit, target, false);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Both_sides_have_the_same_bytes(TeeCommit commit, string target, bool sized)
    {
        var (body, name) = (Payload.Random(Bytes), server.Service.At(Scripts.Echo));
        var path = $"{commit}/{target}/{name}";

        var answer = await server.IngestAsync(path, Payload.Content(body, sized));

        var exchange = await server.Service.SeenAsync(name);
        Assert.Equal("whole", await exchange.OutcomeAsync());
        Assert.Equal((Bytes, Convert.ToHexString(SHA256.HashData(body))), (exchange.Bytes, exchange.Sha256));
        Assert.Equal(body, await server.VisibleAsync(path));
        if (commit == TeeCommit.DownstreamFirst)
        {
            Assert.Equal((200, $"{Bytes} {exchange.Sha256}"), (answer.Status, answer.Body));
            return;
        }

        Assert.Equal(201, answer.Status);
        Assert.Equal(
            $$"""{"target":"{{target}}","status":200}""",
            answer.Text("downstream").Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
        Assert.Equal($"/api/blobs/{server.Container.Name}/{path}", answer.Header("Location"));
    }

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public async Task A_service_that_dies_half_way_leaves_no_blob_under_Both_and_a_whole_one_under_BlobFirst(string target)
    {
        var body = Payload.Random(Bytes);
        var (both, first) = (server.Service.At(Scripts.Die(Bytes / 2)), server.Service.At(Scripts.Die(Bytes / 2)));

        var refused = await server.IngestAsync($"Both/{target}/{both}", Payload.Content(body, sized: false));
        var stored = await server.IngestAsync($"BlobFirst/{target}/{first}", Payload.Content(body));

        Assert.Equal("502 downstream-broke", refused.Problem);
        Assert.Null(await server.VisibleAsync($"Both/{target}/{both}"));
        Assert.Equal(201, stored.Status);
        Assert.Contains("urn:sluice:problem:downstream-broke", stored.Text("downstream"), StringComparison.Ordinal);
        Assert.Equal(body, await server.VisibleAsync($"BlobFirst/{target}/{first}"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_service_that_refuses_before_it_reads_is_heard(TeeCommit commit, string target, bool sized)
    {
        var (body, name) = (Payload.Random(Bytes), server.Service.At(Scripts.Status(422)));
        var path = $"{commit}/{target}/{name}";

        var answer = await server.IngestAsync(path, Payload.Content(body, sized));

        var visible = await server.VisibleAsync(path);
        switch (commit)
        {
            case TeeCommit.Both:
                Assert.Equal("502 downstream-refused 422", $"{answer.Problem} {answer.Text("downstreamStatus")}");
                Assert.Null(visible);
                break;
            case TeeCommit.BlobFirst:
                Assert.Equal(201, answer.Status);
                Assert.Contains("422", answer.Text("downstream"), StringComparison.Ordinal);
                Assert.Equal(body, visible);
                break;
            default:
                Assert.Equal((422, "status 422"), (answer.Status, answer.Body));
                Assert.Null(visible);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_body_that_is_not_the_declared_one_is_whole_on_neither_side(TeeCommit commit, string target, bool sized)
    {
        var name = server.Service.At(Scripts.Echo);
        var path = $"{commit}/{target}/{name}";

        var answer = await server.IngestAsync(
            path, Payload.Content(Payload.Random(Bytes), sized), 1, DigestHeader.Of("Content-Digest sha-512", [1]));

        Assert.Equal("400 digest-mismatch", answer.Problem);
        Assert.Equal("aborted", await (await server.Service.SeenAsync(name)).OutcomeAsync());
        Assert.Null(await server.VisibleAsync(path));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_client_that_dies_leaves_neither_a_blob_nor_a_whole_request(TeeCommit commit, string target, bool sized)
    {
        if (sized)
            Hosts.DifferIn(HostDifference.DeclaredLengthIsReadFirst);
        var name = server.Service.At(Scripts.Echo);
        var path = $"{commit}/{target}/{name}";
        using (var client = await RawClient.ConnectAsync(server.Address(), Token))
        {
            await client.SendHeadAsync($"/api/ingest/{path}", [sized ? $"Content-Length: {Bytes}" : "Transfer-Encoding: chunked"], Token);
            var part = Payload.Random(2 * TestBody.Mib);
            await (sized ? client.SendAsync(part, Token) : client.SendChunkAsync(part, Token));
            _ = await server.Service.SeenAsync(name);
            client.Reset();
        }

        Assert.Equal("aborted", await (await server.Service.SeenAsync(name)).OutcomeAsync());
        Assert.Null(await server.VisibleAsync(path));
    }
}
