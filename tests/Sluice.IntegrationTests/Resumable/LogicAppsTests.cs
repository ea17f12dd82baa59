using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>The chunking of Azure Logic Apps and Power Automate, by its rules (docs/protocol.md).</summary>
[Collection<OnFilesServer>]
public sealed class LogicAppsTests(FilesServer server)
{
    private readonly LogicAppsClient _client = new(server);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PUT", " ")]
    [InlineData("POST", "=")]
    public async Task Twenty_megabytes_arrive_whole_though_a_chunk_is_cut_and_an_answer_is_lost(string method, string separator)
    {
        var whole = Payload.Random(20_000_000);
        var client = new LogicAppsClient(server)
        {
            Separator = separator,
            ChunkBytes = 3_000_000,
            Cut = new HashSet<int> { 1, 2, 8 },
            Lost = new HashSet<int> { 4, 9 },
        };

        var last = await client.UploadAsync(
            HttpMethod.Parse(method), method == "PUT" ? server.PathOf($"{Guid.NewGuid():N}.bin") : FilesServer.Files, whole);

        Assert.True(client.Requests >= 7 + client.Cut.Count + client.Lost.Count, $"{client.Requests} requests");
        Payload.AssertSame(whole, (await server.StoredAsync(last))!);
    }

    // As soon as the workflow has sent what it has, it has the receipt, whatever the size of a chunk.
    [Fact]
    public async Task The_last_chunk_is_answered_with_the_receipt_of_the_blob()
    {
        var (name, whole) = ($"{Guid.NewGuid():N}/a b.bin", Payload.Random(100_001));
        var client = new LogicAppsClient(server) { ChunkBytes = 70_000 };

        var last = await client.UploadAsync(
            HttpMethod.Put, server.PathOf(name), whole, ("Content-Type", "image/x-raw"), ("x-ms-meta-owner", "finance"),
            ("Cache-Control", "no-cache"));

        Assert.Equal(
            (200, "application/json", "bytes=0-100000", null, null),
            (
                last.Status, last.Header("Content-Type"), last.Header("Range"), last.Header("x-ms-chunk-size"),
                last.Header("Location")));
        Assert.Equal(
            (server.Container.Name, name, "100001", "image/x-raw", last.Header("ETag")),
            (last.Text("container"), last.Text("name"), last.Text("bytes"), StoredType(last), last.Text("etag")));
        Assert.Equal(server.PathOf(name), last.Header("Content-Location"));
        var stored = (await server.Container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: Cancelled)).Value;
        Assert.Equal(
            ("image/x-raw", "no-cache", "finance"), (stored.ContentType, stored.CacheControl, stored.Metadata["owner"]));
    }

    [Fact]
    public async Task The_first_answer_says_where_the_chunks_go_and_how_large_they_should_be()
    {
        var begun = await _client.BeginAsync(HttpMethod.Post, FilesServer.Files, 5);

        Assert.Equal(
            (200, "16777216", "no-store", "", null, null), (
                begun.Status, begun.Header("x-ms-chunk-size"), begun.Header("Cache-Control"), begun.Body, begun.Header("Range"),
                begun.Header("Tus-Resumable")));
        Assert.StartsWith($"{server.Address()}api/files/", begun.Header("Location"), StringComparison.Ordinal);
    }

    // A header of the action may come with the first request, or with each chunk, or with both.
    [Theory]
    [InlineData("image/png", "image/jpeg", "image/png")]
    [InlineData(null, "image/jpeg", "image/jpeg")]
    [InlineData(null, null, "application/octet-stream")]
    public async Task The_type_is_that_of_the_first_request_or_else_of_the_chunks(string? first, string? chunk, string stored)
    {
        (string, string)[] Of(string? type) => type is null ? [] : [("Content-Type", type)];
        var path = await _client.CreateAsync(
            FilesServer.Files, 5, [.. Of(first), ("Content-Disposition", "attachment; filename=\"a.png\"")]);

        var last = await _client.SendAsync(path, "hello"u8.ToArray(), 0, 5, Of(chunk));

        Assert.Equal((200, stored), (last.Status, StoredType(last)));
        Assert.EndsWith("/a.png", last.Text("name"), StringComparison.Ordinal);
        using var read = await server.SendAsync(HttpMethod.Head, last.Header("Content-Location")!);
        Assert.Equal(stored, $"{read.Content.Headers.ContentType}");
    }

    [Fact]
    public async Task A_blob_stays_what_it_is_until_the_last_chunk_replaces_it()
    {
        var name = await OldAsync();
        var whole = Payload.Random(100_000);
        var path = await _client.CreateAsync(server.PathOf(name), whole.Length);
        await _client.SendAsync(path, whole, 0, 60_000);
        Assert.Equal("old"u8.ToArray(), await server.VisibleAsync(name));

        await _client.SendAsync(path, whole, 60_000, 100_000);

        Payload.AssertSame(whole, (await server.VisibleAsync(name))!);
    }

    [Fact]
    public async Task An_upload_of_no_bytes_is_complete_with_its_first_request()
    {
        var name = $"{Guid.NewGuid():N}";

        var only = await _client.BeginAsync(HttpMethod.Put, server.PathOf(name), 0);

        Assert.Equal((200, "0", null), (only.Status, only.Text("bytes"), only.Header("Range")));
        Assert.Contains("/api/files/", only.Header("Location"), StringComparison.Ordinal);
        Assert.Empty((await server.VisibleAsync(name))!);
    }

    // The answer was lost, whichever it is.
    [Fact]
    public async Task A_chunk_that_is_stored_is_acknowledged_again_before_the_end_and_after_it()
    {
        var whole = Payload.Random(150_000);
        var path = await _client.CreateAsync(FilesServer.Files, whole.Length);
        await _client.SendAsync(path, whole, 0, 50_000);
        await _client.SendAsync(path, whole, 50_000, 100_000);

        var early = await _client.SendAsync(path, whole, 0, 50_000);
        Assert.Equal((200, "bytes=0-99999", "16777216"), (early.Status, early.Header("Range"), early.Header("x-ms-chunk-size")));

        var last = await _client.SendAsync(path, whole, 100_000, 150_000);
        var again = await _client.SendAsync(path, whole, 100_000, 150_000);
        Assert.Equal((200, "bytes=0-149999"), (again.Status, again.Header("Range")));
        foreach (var member in (string[])["container", "name", "bytes", "blocks", "etag"])
            Assert.Equal((member, last.Text(member)), (member, again.Text(member)));
        Payload.AssertSame(whole, (await server.StoredAsync(last))!);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("GET")]
    public async Task Who_asks_is_told_how_far_an_upload_is(string method)
    {
        var path = await _client.CreateAsync(FilesServer.Files, 5);
        await _client.SendAsync(path, "hello"u8.ToArray(), 0, 3);

        var answer = await server.AskAsync(HttpMethod.Parse(method), path);

        Assert.Equal(
            (200, "bytes=0-2", "3", "5", "no-store"), (
                answer.Status, answer.Header("Range"), answer.Header("Upload-Offset"), answer.Header("Upload-Length"),
                answer.Header("Cache-Control")));
    }

    [Fact]
    public async Task An_upload_that_was_given_up_is_gone()
    {
        var path = await _client.CreateAsync(FilesServer.Files, 5);

        Assert.Equal(204, (await server.AskAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal("410 upload-gone", (await _client.SendAsync(path, "hello"u8.ToArray(), 0, 5)).Problem);
    }

    [Fact]
    public async Task The_digest_of_the_whole_decides()
    {
        var whole = Payload.Random(100_000);
        var path = await _client.CreateAsync(
            FilesServer.Files, whole.Length, ("Repr-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(whole))}:"));
        await _client.SendAsync(path, whole, 0, 60_000);
        byte[] other = [.. whole[..^1], (byte)(whole[^1] ^ 1)];

        Assert.Equal("400 digest-mismatch", (await _client.SendAsync(path, other, 60_000, 100_000)).Problem);

        var last = await _client.SendAsync(path, whole, 60_000, 100_000);
        Payload.AssertSame(whole, (await server.StoredAsync(last))!);
    }

    [Theory]
    [InlineData("If-None-Match", "*", true, 412)]
    [InlineData("If-None-Match", "*", false, 200)]
    [InlineData("If-Match", "*", true, 200)]
    [InlineData("If-Match", "*", false, 412)]
    [InlineData("If-Match", "CURRENT", true, 200)]
    [InlineData("If-Match", "\"other\"", true, 412)]
    public async Task A_condition_is_checked_before_the_first_chunk(string header, string value, bool exists, int status)
    {
        var name = exists ? await OldAsync() : $"{Guid.NewGuid():N}";
        var begun = await _client.BeginAsync(
            HttpMethod.Put, server.PathOf(name), 3, (header, value == "CURRENT" ? await ETagAsync(name) : value));
        Assert.Equal(status == 200 ? "200 " : "412 precondition-failed", begun.Problem);
        if (status == 412)
            return;

        var last = await _client.SendAsync(new Uri(begun.Header("Location")!).PathAndQuery, "new"u8.ToArray(), 0, 3);
        Assert.Equal((200, "new"), (last.Status, Encoding.UTF8.GetString((await server.VisibleAsync(name))!)));
    }

    // What was so at the beginning need not be so at the end.
    [Fact]
    public async Task A_blob_that_somebody_changes_meanwhile_is_kept_where_a_condition_says_so()
    {
        var name = await OldAsync();
        var path = await _client.CreateAsync(server.PathOf(name), 3, ("If-Match", await ETagAsync(name)));
        await server.Container.GetBlobClient(name).SetMetadataAsync(
            new Dictionary<string, string> { ["by"] = "them" }, cancellationToken: Cancelled);

        var last = await _client.SendAsync(path, "new"u8.ToArray(), 0, 3);

        Assert.Equal("412 precondition-failed", last.Problem);
        Assert.Equal("old"u8.ToArray(), await server.VisibleAsync(name));
    }

    // Storage drops the blocks of an upload when other blocks of its name are committed.
    [Fact]
    public async Task An_upload_whose_blob_somebody_else_stores_meanwhile_is_gone()
    {
        var name = $"{Guid.NewGuid():N}";
        var path = await _client.CreateAsync(server.PathOf(name), 3);
        await _client.SendAsync(path, "new"u8.ToArray(), 0, 1);
        var theirs = Payload.Random(100_000);
        using var stored = await server.PutAsync(name, Payload.Content(theirs));
        Assert.Equal(201, (int)stored.StatusCode);

        var last = await _client.SendAsync(path, "new"u8.ToArray(), 1, 3);

        Assert.Equal("410 upload-gone", last.Problem);
        Payload.AssertSame(theirs, (await server.VisibleAsync(name))!);
    }

    private static string StoredType(Answer receipt) =>
        JsonElement.Parse(receipt.Body).GetProperty("mediaType").GetProperty("stored").GetString()!;

    private async Task<string> OldAsync()
    {
        var name = $"{Guid.NewGuid():N}";
        using var stored = await server.PutAsync(name, Payload.Content("old"u8.ToArray()));
        Assert.Equal(201, (int)stored.StatusCode);
        return name;
    }

    private async Task<string> ETagAsync(string name) =>
        (await server.Container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: Cancelled)).Value.ETag.ToString("H");
}
