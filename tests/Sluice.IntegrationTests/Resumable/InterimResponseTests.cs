using System.Text.Json;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>
/// 104 (Upload Resumption Supported): a request that brings all of an upload can be resumed (draft-ietf-httpbis-resumable-upload, section
/// 5). The clients are what Apple's URLSession sends, by its revisions of the draft.
/// </summary>
[Collection<OnFilesServer>]
public sealed class InterimResponseTests(FilesServer server)
{
    private readonly byte[] _body = Payload.Random(300_000);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task A_request_that_breaks_off_is_resumed_at_the_location_that_it_was_told(int interop)
    {
        Hosts.DifferIn(HostDifference.InterimResponses);
        var (complete, yes, no) = interop == 3 ? ("Upload-Incomplete", "?0", "?1") : ("Upload-Complete", "?1", "?0");
        string path;
        using (var client = await server.ConnectAsync())
        {
            await client.SendHeadAsync(
                $"POST {FilesServer.Files} HTTP/1.1\nUpload-Draft-Interop-Version: {interop}\n{complete}: {yes}\n"
                    + $"Content-Type: image/x-raw\nContent-Length: {_body.Length}");
            var told = await client.ReadHeadAsync();
            Assert.Equal("HTTP/1.1 104 Upload Resumption Supported", told.Head[0]);
            Assert.Equal($"{interop}", told.Header("Upload-Draft-Interop-Version"));
            Assert.StartsWith("max-size=20000000", told.Header("Upload-Limit"), StringComparison.Ordinal);
            path = told.Header("Location")!;
            await client.SendAsync(_body.AsMemory(0, 200_000));
        }

        var version = ("Upload-Draft-Interop-Version", $"{interop}");
        var found = await server.AskAsync(HttpMethod.Head, path, null, version);
        Assert.Equal((204, no, $"{_body.Length}"), (found.Status, found.Header(complete), found.Header("Upload-Length")));
        var offset = int.Parse(found.Header("Upload-Offset")!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(offset, 0, 200_000);

        var last = await server.AskAsync(
            HttpMethod.Patch, path, FilesServer.Bytes(_body[offset..], interop >= 6 ? FilesServer.HttpBytes : "application/octet-stream"),
            version, (complete, yes), ("Upload-Offset", $"{offset}"));
        Assert.Equal((201, yes), (last.Status, last.Header(complete)));
        Assert.Null(last.Header("Tus-Resumable"));
        Payload.AssertSame(_body, (await server.StoredAsync(last))!);
    }

    [Fact]
    public async Task A_request_that_does_not_break_off_is_answered_as_ever_and_its_connection_goes_on()
    {
        Hosts.DifferIn(HostDifference.InterimResponses);
        using var client = await server.ConnectAsync();
        for (var request = 0; request < 2; request++)
        {
            await client.SendHeadAsync(
                $"POST {FilesServer.Files} HTTP/1.1\nUpload-Draft-Interop-Version: 8\nUpload-Complete: ?1\nExpect: 100-continue\n"
                    + $"Content-Length: {_body.Length}");
            Assert.Equal(104, (await client.ReadHeadAsync()).Status);
            Assert.Equal(100, (await client.ReadHeadAsync()).Status);
            await client.SendAsync(_body);

            var answer = await client.ReadAnswerAsync();
            Assert.Equal((201, "?1"), (answer.Status, answer.Header("Upload-Complete")));
            Assert.Equal(_body.Length, JsonElement.Parse(answer.Body).GetProperty("bytes").GetInt32());
        }
    }

    [Fact]
    public async Task A_creation_with_first_bytes_has_one_location()
    {
        Hosts.DifferIn(HostDifference.InterimResponses);
        using var client = await server.ConnectAsync();
        await client.SendHeadAsync(
            $"POST {FilesServer.Files} HTTP/1.1\nUpload-Draft-Interop-Version: 8\nUpload-Complete: ?0\nContent-Length: 5");
        var told = await client.ReadHeadAsync();
        await client.SendAsync("hello");
        var answer = await client.ReadAnswerAsync();

        Assert.Equal((104, 201, "?0"), (told.Status, answer.Status, answer.Header("Upload-Complete")));
        Assert.Equal(told.Header("Location"), answer.Header("Location"));
    }

    // Its condition and its checksum can't be kept for another request: they are checked by this one.
    [Theory]
    [InlineData("If-None-Match: *", 201)]
    [InlineData("Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==", 400)]
    public async Task What_could_not_be_resumed_is_stored_at_once(string field, int status)
    {
        using var client = await server.ConnectAsync();
        await client.SendHeadAsync(
            $"POST {FilesServer.Files} HTTP/1.1\nUpload-Draft-Interop-Version: 8\nUpload-Complete: ?1\n{field}\nContent-Length: 5");
        await client.SendAsync("hello");

        Assert.Equal(status, (await client.ReadAnswerAsync()).Status);
    }

    [Theory]
    [InlineData("Upload-Draft-Interop-Version: 8\nUpload-Complete: 1", "Upload-Complete")]
    [InlineData("Upload-Draft-Interop-Version: 3\nUpload-Complete: ?1", "Upload-Incomplete")]
    public async Task A_request_that_does_not_say_whether_it_is_the_last_is_told_by_which_field(string fields, string missing)
    {
        using var client = await server.ConnectAsync();
        await client.SendHeadAsync($"POST {FilesServer.Files} HTTP/1.1\n{fields}\nContent-Length: 0");
        var answer = await client.ReadAnswerAsync();

        Assert.Equal((400, null), (answer.Status, answer.Header("Tus-Resumable")));
        Assert.Contains($"{missing} must be ?0 or ?1", answer.Body, StringComparison.Ordinal);
    }

    // A client of the final RFC, or of an unknown revision, must not take ours for one that it knows (draft, appendix B).
    [Theory]
    [InlineData("X: y")]
    [InlineData("Upload-Draft-Interop-Version: 2")]
    [InlineData("Upload-Draft-Interop-Version: 11")]
    [InlineData("Upload-Draft-Interop-Version: ?1")]
    public async Task Who_names_no_revision_that_is_known_gets_one_answer(string field)
    {
        using var client = await server.ConnectAsync();
        await client.SendHeadAsync($"POST {FilesServer.Files} HTTP/1.1\n{field}\nUpload-Complete: ?1\nContent-Length: 5");
        await client.SendAsync("hello");

        Assert.Equal(201, (await client.ReadAnswerAsync()).Status);
    }

    [Theory]
    [InlineData("Upload-Complete: ?1\nContent-Length: 20000001", 413)]
    [InlineData("Upload-Complete: ?1\nContent-Length: 5\nUpload-Length: 6", 400)]
    [InlineData("Upload-Complete: ?1\nContent-Length: 5\nRepr-Digest: sha-256=:AA==:", 400)]
    public async Task What_is_refused_by_its_head_is_not_announced(string fields, int status)
    {
        using var client = await server.ConnectAsync();
        await client.SendHeadAsync($"POST {FilesServer.Files} HTTP/1.1\nUpload-Draft-Interop-Version: 8\n{fields}\nExpect: 100-continue");
        var answer = await client.ReadAnswerAsync();

        Assert.Equal((status, "?0"), (answer.Status, answer.Header("Upload-Complete")));
    }
}
