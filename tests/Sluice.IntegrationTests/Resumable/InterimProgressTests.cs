using System.Globalization;
using System.Text.Json;
using Sluice.IntegrationTests.Reliability.ClientFaults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>
/// 104 (Upload Resumption Supported) with the offset so far (draft-ietf-httpbis-resumable-upload, sections 4.2.2 and 4.4.2), over TLS, and
/// where there is none.
/// </summary>
public sealed class InterimProgressTests(ProgressServer server) : IClassFixture<ProgressServer>
{
    private const int Sent = 300_000;
    private const int WholeBlocks = Sent / 65_536 * 65_536;

    private readonly byte[] _body = Payload.Random(400_000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_is_told_its_offset_while_it_is_sending(bool tls)
    {
        using var client = await server.ConnectAsync(tls);
        await client.SendHeadAsync(
            "POST /api/files HTTP/1.1\nUpload-Draft-Interop-Version: 8\nUpload-Complete: ?1\nExpect: 100-continue\n"
                + $"Content-Length: {_body.Length}");
        var announced = await client.ReadHeadAsync();
        Assert.Equal((104, null), (announced.Status, announced.Header("Upload-Offset")));
        Assert.Equal(100, (await client.ReadHeadAsync()).Status);
        await client.SendAsync(_body.AsMemory(0, Sent));
        Assert.All(await OffsetsAsync(client), static one => Assert.Null(one.Header("Location")));
        await client.SendAsync(_body.AsMemory(Sent));

        var answer = await FinalAsync(client);
        Assert.Equal((201, "?1"), (answer.Status, answer.Header("Upload-Complete")));
        Assert.Equal(_body.Length, JsonElement.Parse(answer.Body).GetProperty("bytes").GetInt32());
    }

    [Fact]
    public async Task So_is_one_that_appends()
    {
        using var client = await server.ConnectAsync();
        await client.SendHeadAsync("POST /api/files HTTP/1.1\nUpload-Draft-Interop-Version: 6\nUpload-Complete: ?0\nContent-Length: 0");
        var path = (await client.ReadAnswerAsync()).Header("Location");
        await client.SendHeadAsync(
            $"PATCH {path} HTTP/1.1\nUpload-Draft-Interop-Version: 6\nUpload-Complete: ?1\nUpload-Offset: 0\n"
                + $"Content-Type: application/partial-upload\nContent-Length: {_body.Length}");
        await client.SendAsync(_body.AsMemory(0, Sent));

        var told = await OffsetsAsync(client);
        Assert.All(told, static one => Assert.Equal(("6", null), (one.Header("Upload-Draft-Interop-Version"), one.Header("Location"))));
        await client.SendAsync(_body.AsMemory(Sent));
        Assert.Equal(201, (await FinalAsync(client)).Status);
    }

    [Fact]
    public async Task There_is_none_over_http_2()
    {
        using var client = await RawHttp2Client.ConnectAsync(server.Address(http: 2), opens: true, TestContext.Current.CancellationToken);
        var request = await client.BeginAsync(
            "POST", "/api/files", [("upload-draft-interop-version", "8"), ("upload-complete", "?1")], ends: false);
        await client.SendDataAsync(request, _body, ends: true);

        Assert.Equal(201, (await client.ReadAsync(request)).Status);
        Assert.Empty(request.Interim);
    }

    // Such a client knows no interim responses (RFC 9110, section 15.2).
    [Fact]
    public async Task There_is_none_over_http_1_0()
    {
        using var client = await server.ConnectAsync();
        await client.SendHeadAsync(
            $"POST /api/files HTTP/1.0\nUpload-Draft-Interop-Version: 8\nUpload-Complete: ?1\nContent-Length: {_body.Length}");
        await client.SendAsync(_body);

        Assert.Equal(201, (await client.ReadHeadAsync()).Status);
    }

    // Until the offset of all blocks that are full has come.
    private static async Task<List<RawAnswer>> OffsetsAsync(RawConnection client)
    {
        var told = new List<RawAnswer>();
        for (var offset = 0L; offset < WholeBlocks;)
        {
            told.Add(await client.ReadHeadAsync());
            Assert.Equal(104, told[^1].Status);
            var next = long.Parse(told[^1].Header("Upload-Offset")!, CultureInfo.InvariantCulture);
            Assert.InRange(next, offset + 1, Sent);
            offset = next;
        }

        return told;
    }

    private static async Task<RawAnswer> FinalAsync(RawConnection client)
    {
        while (true)
        {
            if (await client.ReadAnswerAsync() is { Status: not 104 } answer)
                return answer;
        }
    }
}
