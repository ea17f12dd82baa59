using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>tus 1.0.0, core protocol, by its rules (docs/protocol.md).</summary>
[Collection<OnFilesServer>]
public sealed class TusTests(FilesServer server)
{
    [Fact]
    public async Task An_upload_of_two_requests_becomes_a_blob_with_the_last_byte_and_not_before()
    {
        var body = Payload.Random(300_001);
        var path = await server.CreateTusAsync(("Upload-Length", "300001"), ("Upload-Metadata", $"filename "
            + $"{FilesServer.Base64("Größe.bin")},filetype {FilesServer.Base64("image/x-raw")},owner {FilesServer.Base64("finance")}"));

        var first = await server.PatchTusAsync(path, 0, body[..100_000]);
        Assert.Equal((204, "100000", "1.0.0"), (first.Status, first.Header("Upload-Offset"), first.Header("Tus-Resumable")));
        Assert.NotNull(first.Header("Upload-Expires"));
        Assert.Null(first.Header("Content-Location"));

        var last = await server.PatchTusAsync(path, 100_000, body[100_000..]);
        Assert.Equal((204, "300001"), (last.Status, last.Header("Upload-Offset")));
        Payload.AssertSame(body, (await server.StoredAsync(last))!);

        using var stored = await server.SendAsync(HttpMethod.Head, last.Header("Content-Location")!);
        Assert.Equal("image/x-raw", $"{stored.Content.Headers.ContentType}");
        Assert.Equal(["finance"], stored.Headers.GetValues("x-ms-meta-owner"));
        Assert.Contains("Gr%C3%B6%C3%9Fe.bin", $"{stored.Content.Headers.ContentDisposition}", StringComparison.Ordinal);
    }

    // Whoever has it can add to the upload.
    [Fact]
    public async Task The_address_of_an_upload_is_in_no_log()
    {
        var path = await server.CreateTusAsync(("Upload-Length", "10"));
        var refused = await server.PatchTusAsync(path, 5, [1, 2, 3]);

        Assert.Equal("409 mismatching-upload-offset", refused.Problem);
        for (var began = System.Diagnostics.Stopwatch.GetTimestamp(); !server.Output.Any(line => line.Contains(
            refused.Text("traceId"), StringComparison.Ordinal)); await Task.Delay(20, TestContext.Current.CancellationToken))
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < Faults.SluiceFixture.Patience, "The problem was not logged.");
        Assert.Contains(server.Output, static line => line.Contains("PATCH /api/files/{id} returned 409", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Output, line => line.Contains(path.Split('/')[^1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Head_says_how_far_an_upload_is_what_was_told_of_it_and_that_no_cache_may_know()
    {
        var metadata = $"filename {FilesServer.Base64("a b/../c?.txt")},is_confidential";
        var path = await server.CreateTusAsync(("Upload-Length", "10"), ("Upload-Metadata", metadata));

        var answer = await server.TusAsync(HttpMethod.Head, path);

        Assert.Equal(
            (200, "0", "10", metadata, "no-store"), (
                answer.Status, answer.Header("Upload-Offset"), answer.Header("Upload-Length"), answer.Header("Upload-Metadata"),
                answer.Header("Cache-Control")));
    }

    [Fact]
    public async Task Head_of_a_complete_upload_says_its_length_and_where_the_blob_is()
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));
        await server.PatchTusAsync(path, 0, "hello"u8.ToArray());

        var answer = await server.TusAsync(HttpMethod.Head, path);

        Assert.Equal((200, "5", "5"), (answer.Status, answer.Header("Upload-Offset"), answer.Header("Upload-Length")));
        Assert.Equal("hello"u8.ToArray(), await server.StoredAsync(answer));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Bytes_that_belong_elsewhere_are_refused_with_the_offset_that_is_right(long offset)
    {
        var path = await server.CreateTusAsync(("Upload-Length", "10"));
        await server.PatchTusAsync(path, 0, "hello"u8.ToArray());

        var answer = await server.PatchTusAsync(path, offset, "x"u8.ToArray());

        Assert.Equal(("409 mismatching-upload-offset", "5"), (answer.Problem, answer.Header("Upload-Offset")));
        Assert.Equal(("5", $"{offset}"), (answer.Text("expected-offset"), answer.Text("provided-offset")));
        Assert.Equal(5, await server.OffsetAsync(path));
    }

    [Fact]
    public async Task More_bytes_than_were_declared_are_refused_before_they_are_read_or_when_they_come()
    {
        var path = await server.CreateTusAsync(("Upload-Length", "10"));

        var declared = await server.PatchTusAsync(path, 0, new byte[11]);
        Assert.Equal("400 inconsistent-upload-length", declared.Problem);

        var chunked = await server.TusAsync(
            HttpMethod.Patch, path, FilesServer.Bytes(new byte[100_000], FilesServer.TusBytes, sized: false), ("Upload-Offset", "0"));
        Assert.Equal("400 inconsistent-upload-length", chunked.Problem);
        Assert.Equal(0, await server.OffsetAsync(path));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/partial-upload")]
    public async Task Bytes_of_another_media_type_are_refused(string mediaType)
    {
        var path = await server.CreateTusAsync(("Upload-Length", "10"));

        var answer = await server.TusAsync(
            HttpMethod.Patch, path, FilesServer.Bytes("hello"u8.ToArray(), mediaType), ("Upload-Offset", "0"));

        Assert.Equal("415 media-type-refused", answer.Problem);
    }

    // Also one to a client that forgot to name it, and whatever is wrong.
    [Theory]
    [InlineData("POST", "/api/files", 412)]
    [InlineData("HEAD", "/api/files/unknown", 404)]
    [InlineData("GET", "/api/files/unknown", 404)]
    [InlineData("PATCH", "/api/files/unknown", 404)]
    [InlineData("DELETE", "/api/files/unknown", 404)]
    [InlineData("POST", "/api/files/unknown", 405)]
    public async Task Every_response_names_the_version(string method, string path, int status)
    {
        var answer = await server.AskAsync(HttpMethod.Parse(method), path);

        Assert.Equal((status, "1.0.0"), (answer.Status, answer.Header("Tus-Resumable")));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Another_version_is_refused_with_the_one_that_is_spoken(string method)
    {
        var path = method == "POST" ? FilesServer.Files : await server.CreateTusAsync(("Upload-Length", "10"));

        var answer = await server.AskAsync(HttpMethod.Parse(method), path, null, ("Tus-Resumable", "0.2.2"));

        Assert.Equal((412, "1.0.0"), (answer.Status, answer.Header("Tus-Version")));
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    [InlineData("DELETE")]
    public async Task Where_a_client_has_only_post_the_method_is_said_in_a_header(string method)
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));

        var answer = await server.TusAsync(
            HttpMethod.Post, path, FilesServer.Bytes(method == "PATCH" ? "hello"u8.ToArray() : [], FilesServer.TusBytes),
            ("X-HTTP-Method-Override", method), ("Upload-Offset", "0"));

        Assert.Equal((method == "HEAD" ? 200 : 204, method == "PATCH" ? "5" : "0"), (answer.Status, answer.Header("Upload-Offset")));
    }

    [Fact]
    public async Task An_empty_header_names_no_method()
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"), ("X-HTTP-Method-Override", ""));

        var answer = await server.PatchTusAsync(path, 0, "hello"u8.ToArray(), ("X-HTTP-Method-Override", ""));

        Assert.Equal((204, "5"), (answer.Status, answer.Header("Upload-Offset")));
    }

    [Fact]
    public async Task A_post_to_an_upload_that_says_no_method_is_refused()
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));

        Assert.Equal("405 method-refused", (await server.TusAsync(HttpMethod.Post, path)).Problem);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("+1")]
    public async Task An_offset_that_is_no_number_is_refused(string? offset)
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));

        var answer = await server.TusAsync(
            HttpMethod.Patch, path, FilesServer.Bytes("hello"u8.ToArray(), FilesServer.TusBytes),
            offset is null ? [] : [("Upload-Offset", offset)]);

        Assert.Equal("400 header-invalid", answer.Problem);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("AVPqDtNpKku5QV0PX-JGuxWXTcOUOzykrtpM0Q6zEbYojMYhfHVEweyz")]
    public async Task An_address_that_was_not_made_here_is_unknown(string id)
    {
        Assert.Equal("404 upload-unknown", (await server.TusAsync(HttpMethod.Get, $"{FilesServer.Files}/{id}")).Problem);
        Assert.Equal(404, (await server.TusAsync(HttpMethod.Head, $"{FilesServer.Files}/{id}")).Status);
    }

    [Fact]
    public async Task The_last_request_sent_again_is_told_again_that_the_upload_is_complete()
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));
        await server.PatchTusAsync(path, 0, "hello"u8.ToArray());

        var again = await server.PatchTusAsync(path, 5, []);
        Assert.Equal((204, "5"), (again.Status, again.Header("Upload-Offset")));
        Assert.Equal("400 completed-upload", (await server.PatchTusAsync(path, 5, "x"u8.ToArray())).Problem);
    }
}
