using System.Security.Cryptography;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>What a workflow that uploads in chunks is refused, and that it loses nothing by it.</summary>
[Collection<OnFilesServer>]
public sealed class LogicAppsRefusalTests(FilesServer server)
{
    private static readonly byte[] _hello = "hello"u8.ToArray();

    private readonly LogicAppsClient _client = new(server);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("5 MB")]
    public async Task Without_its_length_no_upload_begins(string? length)
    {
        (string, string)[] headers = [("x-ms-transfer-mode", "chunked")];
        if (length is not null)
            headers = [.. headers, ("x-ms-content-length", length)];

        foreach (var path in (string[])[FilesServer.Files, server.PathOf("a")])
        {
            var answer = await server.AskAsync(HttpMethod.Post, path, new ByteArrayContent([]), headers);

            Assert.Equal("400 header-invalid", answer.Problem);
            Assert.Contains("x-ms-content-length", answer.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_upload_that_is_larger_than_any_may_be_is_refused_with_the_limit()
    {
        foreach (var path in (string[])[FilesServer.Files, server.PathOf("a")])
        {
            var answer = await _client.BeginAsync(HttpMethod.Post, path, 20_000_001);

            Assert.Equal(("413 body-too-large", "20000000"), (answer.Problem, answer.Text("limitBytes")));
            Assert.Null(answer.Header("Location"));
        }
    }

    [Fact]
    public async Task A_length_beyond_all_numbers_is_too_large() => Assert.Equal(
        "413 body-too-large",
        (await server.AskAsync(
            HttpMethod.Post, FilesServer.Files, null, ("x-ms-transfer-mode", "chunked"), ("x-ms-content-length", "9223372036854775808")))
        .Problem);

    // Such a client does not know that content comes in chunks, and would take the answer for that to an upload.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Content_in_the_first_request_is_refused_and_not_dropped(bool sized)
    {
        var name = $"{Guid.NewGuid():N}";

        var answer = await server.AskAsync(
            HttpMethod.Put, server.PathOf(name), Payload.Content(_hello, sized), ("x-ms-transfer-mode", "chunked"),
            ("x-ms-content-length", "5"));

        Assert.Equal("400 header-invalid", answer.Problem);
        Assert.Contains("PATCH", answer.Text("detail"), StringComparison.Ordinal);
        Assert.Null(await server.VisibleAsync(name));
    }

    // The settings name the blob there: it would be overwritten in spite of the condition, or never be the one that is meant.
    [Theory]
    [InlineData("If-None-Match", "*")]
    [InlineData("If-Match", "\"0x1\"")]
    public async Task A_condition_on_no_blob_is_refused_and_not_ignored(string name, string value)
    {
        var answer = await server.AskAsync(
            HttpMethod.Post, "/api/files", null, ("x-ms-transfer-mode", "chunked"), ("x-ms-content-length", "5"), (name, value));

        Assert.Equal("400 header-invalid", answer.Problem);
        Assert.Contains("/api/blobs/", answer.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_request_that_does_not_say_that_it_is_empty_may_be_so()
    {
        var answer = await server.AskAsync(
            HttpMethod.Put, server.PathOf($"{Guid.NewGuid():N}"), Payload.Content([], sized: false), ("x-ms-transfer-mode", "Chunked"),
            ("x-ms-content-length", "5"));

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData("If-None-Match", "\"0x1\"")]
    [InlineData("If-Unmodified-Since", "Sun, 01 Mar 2026 12:00:00 GMT")]
    [InlineData("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg==")]
    [InlineData("x-ms-content-crc64", "AAAAAAAAAAA=")]
    [InlineData("Content-Type", "a, b")]
    [InlineData("x-ms-meta-a-b", "c")]
    public async Task What_could_not_be_kept_until_the_end_is_refused_at_the_beginning(string header, string value)
    {
        var answer = await _client.BeginAsync(HttpMethod.Put, server.PathOf($"{Guid.NewGuid():N}"), 5, (header, value));

        Assert.Equal("400 header-invalid", answer.Problem);
    }

    [Fact]
    public async Task A_digest_of_the_whole_that_could_not_be_checked_is_refused() => Assert.Equal(
        "400 header-invalid",
        (await _client.BeginAsync(HttpMethod.Post, FilesServer.Files, 5, (
            "Repr-Digest", $"sha-512=:{Convert.ToBase64String(SHA512.HashData(_hello))}:"))).Problem);

    [Theory]
    [InlineData("/api/blobs/nobody-has-this/a", "404 container-unknown")]
    [InlineData("/api/blobs/{0}/a.", "400 name-invalid")]
    public async Task What_is_no_place_for_a_blob_is_none_for_its_chunks(string path, string problem)
    {
        var answer = await _client.BeginAsync(
            HttpMethod.Put, path.Replace("{0}", server.Container.Name, StringComparison.Ordinal), 5, ("If-Match", "*"));

        Assert.Equal(problem, answer.Problem);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bytes */5")]
    [InlineData("bytes 0-4/*")]
    [InlineData("bytes 4-0/5")]
    [InlineData("bytes 0-5/5")]
    [InlineData("items 0-4/5")]
    [InlineData("0-4/5")]
    [InlineData("bytes 0-3/5")]
    [InlineData("bytes==0-4/5")]
    public async Task A_chunk_without_its_range_is_refused(string? range)
    {
        var path = await _client.CreateAsync(FilesServer.Files, 5);

        var answer = await server.AskAsync(
            HttpMethod.Patch, path, new ByteArrayContent(_hello), range is null ? [] : [("Content-Range", range)]);

        Assert.Equal("400 header-invalid", answer.Problem);
        Assert.Contains("Content-Range", answer.Text("detail"), StringComparison.Ordinal);
        Assert.Equal((200, "bytes=0-4"), Said(await _client.SendAsync(path, _hello, 0, 5)));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 5)]
    public async Task A_range_that_is_neither_stored_nor_next_is_refused_with_what_is(int first, int end)
    {
        var path = await _client.CreateAsync(FilesServer.Files, 5);
        await _client.SendAsync(path, _hello, 0, 3);

        var answer = await _client.SendAsync(path, _hello, first, end);

        Assert.Equal(
            ("409 mismatching-upload-offset", "bytes=0-2", "3"),
            (answer.Problem, answer.Header("Range"), answer.Header("Upload-Offset")));
        Assert.Equal((200, "bytes=0-4"), Said(await _client.SendAsync(path, _hello, 3, 5)));
    }

    [Fact]
    public async Task A_whole_of_another_length_is_refused()
    {
        var path = await _client.CreateAsync(FilesServer.Files, 5);

        Assert.Equal("400 inconsistent-upload-length", (await _client.SendAsync(path, [.. _hello, 1], 0, 5)).Problem);
        Assert.Equal((200, "bytes=0-4"), Said(await _client.SendAsync(path, _hello, 0, 5)));
        Assert.Equal("400 inconsistent-upload-length", (await _client.SendAsync(path, [.. _hello, 1], 0, 5)).Problem);
        Assert.Equal("400 completed-upload", (await _client.SendAsync(path, [.. _hello, 1], 5, 6)).Problem);
    }

    [Fact]
    public async Task A_chunk_that_is_not_what_was_declared_of_it_does_not_count()
    {
        var path = await _client.CreateAsync(FilesServer.Files, 5);
        var digest = ("Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData("hallo"u8))}:");

        Assert.Equal("400 digest-mismatch", (await _client.SendAsync(path, _hello, 0, 5, digest)).Problem);
        Assert.Equal((200, "bytes=0-4"), Said(await _client.SendAsync(path, _hello, 0, 5)));
    }

    [Fact]
    public async Task A_type_that_is_none_is_refused_with_a_chunk_too()
    {
        var path = await _client.CreateAsync(FilesServer.Files, 5);

        Assert.Equal("400 header-invalid", (await _client.SendAsync(path, _hello, 0, 5, ("Content-Type", "a, b"))).Problem);
    }

    [Fact]
    public async Task An_address_that_was_not_made_here_is_unknown() =>
        Assert.Equal("404 upload-unknown", (await _client.SendAsync($"{FilesServer.Files}/unknown", _hello, 0, 5)).Problem);

    // It would store an empty blob, and say that it is the whole.
    [Fact]
    public async Task Where_chunks_are_not_accepted_nothing_is_stored_in_their_place()
    {
        var answer = await _client.BeginAsync(HttpMethod.Put, "/api/ingest/a", 5);

        Assert.Equal("400 header-invalid", answer.Problem);
        Assert.Contains("/api/blobs", answer.Text("detail"), StringComparison.Ordinal);
    }

    private static (int Status, string? Range) Said(Faults.Answer answer) => (answer.Status, answer.Header("Range"));
}
