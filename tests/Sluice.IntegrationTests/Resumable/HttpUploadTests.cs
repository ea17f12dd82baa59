using System.Security.Cryptography;
using System.Text.Json;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>Resumable Uploads for HTTP (draft-ietf-httpbis-resumable-upload), by its rules (docs/protocol.md).</summary>
[Collection<OnFilesServer>]
public sealed class HttpUploadTests(FilesServer server)
{
    [Fact]
    public async Task An_upload_in_parts_ends_with_the_answer_that_the_whole_would_have_got()
    {
        var body = Payload.Random(250_000);
        var path = await server.CreateHttpAsync(
            ("Upload-Length", "250000"), ("Content-Type", "image/x-raw"), ("Content-Disposition", "inline; filename=\"a.raw\""),
            ("x-ms-meta-owner", "finance"));

        var first = await server.PatchHttpAsync(path, 0, body[..100_000], completes: false);
        Assert.Equal((204, "?0", "100000"), (first.Status, first.Header("Upload-Complete"), first.Header("Upload-Offset")));

        var last = await server.PatchHttpAsync(path, 100_000, body[100_000..], completes: true);
        Assert.Equal((201, "?1"), (last.Status, last.Header("Upload-Complete")));
        Assert.Equal((250_000, last.Header("ETag")), (JsonElement.Parse(last.Body).GetProperty("bytes").GetInt32(), last.Text("etag")));
        Assert.Equal(last.Header("Content-Location"), last.Header("Location"));
        Payload.AssertSame(body, (await server.StoredAsync(last))!);
    }

    [Theory]
    [InlineData("HEAD", 204)]
    [InlineData("GET", 200)]
    public async Task The_offset_comes_with_all_that_is_needed_to_go_on(string method, int status)
    {
        var path = await server.CreateHttpAsync(("Upload-Length", "10"));
        await server.PatchHttpAsync(path, 0, "hello"u8.ToArray(), completes: false);

        var answer = await server.AskAsync(HttpMethod.Parse(method), path);

        Assert.Equal(
            (status, "5", "?0", "10", "no-store"), (
                answer.Status, answer.Header("Upload-Offset"), answer.Header("Upload-Complete"), answer.Header("Upload-Length"),
                answer.Header("Cache-Control")));
        Assert.Matches(
            $"^max-size=20000000, {(TestedHost.IsFunctions ? "max-append-size=16777216, " : "")}min-append-size=[0-9]+, "
                + "max-age=51[0-9]+$",
            answer.Header("Upload-Limit"));
    }

    [Fact]
    public async Task All_bytes_are_not_yet_a_complete_upload_and_an_empty_request_completes_it()
    {
        var path = await server.CreateHttpAsync(("Upload-Length", "5"));
        await server.PatchHttpAsync(path, 0, "hello"u8.ToArray(), completes: false);
        Assert.Equal("?0", (await server.AskAsync(HttpMethod.Head, path)).Header("Upload-Complete"));

        var complete = await server.PatchHttpAsync(path, 5, [], completes: true);

        Assert.Equal((201, "?1"), (complete.Status, complete.Header("Upload-Complete")));
        Assert.Equal("hello"u8.ToArray(), await server.StoredAsync(complete));
        Assert.Equal("?1", (await server.AskAsync(HttpMethod.Head, path)).Header("Upload-Complete"));
    }

    // The response to the last append may have been lost.
    [Fact]
    public async Task The_answer_of_a_complete_upload_is_sent_again_to_who_asks_for_it()
    {
        var path = await server.CreateHttpAsync();
        var first = await server.PatchHttpAsync(path, 0, "hello"u8.ToArray(), completes: true);

        var again = await server.PatchHttpAsync(path, 5, [], completes: true);

        Assert.Equal((201, "?1", "5"), (again.Status, again.Header("Upload-Complete"), again.Header("Upload-Offset")));
        foreach (var field in (string[])["Location", "Content-Location", "ETag", "Repr-Digest"])
            Assert.Equal((field, first.Header(field)), (field, again.Header(field)));
        foreach (var member in (string[])["container", "name", "bytes", "blocks", "etag", "digests"])
            Assert.Equal((member, first.Text(member)), (member, again.Text(member)));

        // Nothing else changes it, or seems to.
        var other = await server.PatchHttpAsync(path, 0, "x"u8.ToArray(), completes: true);
        Assert.Equal(
            ("409 mismatching-upload-offset", "5", "?0"), (other.Problem, other.Header("Upload-Offset"), other.Header("Upload-Complete")));
        Assert.Equal("400 completed-upload", (await server.PatchHttpAsync(path, 5, "x"u8.ToArray(), completes: true)).Problem);
        Assert.Equal("400 completed-upload", (await server.PatchHttpAsync(path, 5, [], completes: false)).Problem);
        Assert.Equal(
            "400 inconsistent-upload-length", (await server.PatchHttpAsync(path, 5, [], completes: true, ("Upload-Length", "6"))).Problem);
        Assert.Equal("400 completed-upload", (await server.AskAsync(HttpMethod.Delete, path)).Problem);
        Assert.Equal("hello"u8.ToArray(), await server.StoredAsync(first));
    }

    [Fact]
    public async Task A_request_that_brings_all_of_it_is_stored_at_once()
    {
        var body = Payload.Random(150_000);

        var answer = await server.AskAsync(
            HttpMethod.Post, FilesServer.Files, FilesServer.Bytes(body, "image/x-raw"), ("Upload-Complete", "?1"),
            ("Upload-Length", "150000"));

        Assert.Equal((201, "?1"), (answer.Status, answer.Header("Upload-Complete")));
        Payload.AssertSame(body, (await server.VisibleAsync(answer.Text("name")))!);
    }

    [Theory]
    [InlineData("?1", true, "admit")]
    [InlineData("?1", false, "transfer")]
    [InlineData("?0", true, "admit")]
    [InlineData("?0", false, "transfer")]
    public async Task The_largest_upload_is_that_of_one_request_too(string completes, bool sized, string phase)
    {
        var answer = await server.AskAsync(
            HttpMethod.Post, FilesServer.Files, FilesServer.Bytes(new byte[20_000_001], "image/x-raw", sized),
            ("Upload-Complete", completes));

        Assert.Equal(("413 body-too-large", phase, "20000000"), (answer.Problem, answer.Text("phase"), answer.Text("limitBytes")));
        Assert.Contains("max-size=20000000", answer.Header("Upload-Limit"), StringComparison.Ordinal);
        Assert.Equal("?0", answer.Header("Upload-Complete"));
        Assert.Null(answer.Header("Location"));
    }

    [Fact]
    public async Task What_one_request_declares_as_too_long_is_refused_by_what_it_declares()
    {
        var answer = await server.AskAsync(
            HttpMethod.Post, FilesServer.Files, FilesServer.Bytes(new byte[10], "image/x-raw", sized: false), ("Upload-Complete", "?1"),
            ("Upload-Length", "20000001"));

        Assert.Equal(("413 body-too-large", "admit"), (answer.Problem, answer.Text("phase")));
    }

    [Fact]
    public async Task A_request_may_create_an_upload_with_its_first_bytes()
    {
        var body = Payload.Random(150_000);

        var created = await server.AskAsync(
            HttpMethod.Post, FilesServer.Files, FilesServer.Bytes(body[..100_000], "image/x-raw"), ("Upload-Complete", "?0"));
        Assert.Equal((201, "?0", "100000"), (created.Status, created.Header("Upload-Complete"), created.Header("Upload-Offset")));

        Payload.AssertSame(body, (await server.StoredAsync(await server.PatchHttpAsync(
            created.Header("Location")!, 100_000, body[100_000..], completes: true)))!);
    }

    [Fact]
    public async Task Another_offset_is_a_conflict_that_names_both()
    {
        var path = await server.CreateHttpAsync();

        var answer = await server.PatchHttpAsync(path, 7, "hello"u8.ToArray(), completes: false);

        Assert.Equal(
            ("409 mismatching-upload-offset", "0", "?0"),
            (answer.Problem, answer.Header("Upload-Offset"), answer.Header("Upload-Complete")));
        Assert.Equal("https://iana.org/assignments/http-problem-types#mismatching-upload-offset", answer.Text("type"));
        Assert.Equal(("0", "7"), (answer.Text("expected-offset"), answer.Text("provided-offset")));
    }

    [Fact]
    public async Task Lengths_that_do_not_agree_are_refused_whoever_says_them()
    {
        var path = await server.CreateHttpAsync(("Upload-Length", "10"));

        Assert.Equal("400 inconsistent-upload-length", (await server.PatchHttpAsync(path, 0, new byte[11], completes: false)).Problem);
        Assert.Equal("400 inconsistent-upload-length", (await server.PatchHttpAsync(path, 0, new byte[9], completes: true)).Problem);
        Assert.Equal(
            "400 inconsistent-upload-length",
            (await server.PatchHttpAsync(path, 0, new byte[9], completes: false, ("Upload-Length", "11"))).Problem);
        Assert.Equal(
            "400 inconsistent-upload-length",
            (await server.AskAsync(HttpMethod.Post, FilesServer.Files, FilesServer.Bytes(new byte[9], "a/b"), ("Upload-Complete", "?1"), (
                "Upload-Length", "10"))).Problem);
        Assert.Equal(0, await server.OffsetAsync(path));
    }

    [Theory]
    [InlineData("Upload-Complete", "true")]
    [InlineData("Upload-Complete", "1")]
    [InlineData("Upload-Offset", "\"0\"")]
    [InlineData("Upload-Offset", "0.0")]
    [InlineData("Upload-Offset", "-1")]
    public async Task A_field_of_another_type_counts_as_not_sent(string field, string value)
    {
        var path = await server.CreateHttpAsync();
        (string, string)[] headers = [("Upload-Complete", "?0"), ("Upload-Offset", "0")];

        var answer = await server.AskAsync(
            HttpMethod.Patch, path, FilesServer.Bytes("hello"u8.ToArray(), FilesServer.HttpBytes),
            [.. headers.Where(header => header.Item1 != field), (field, value)]);

        Assert.Equal("400 header-invalid", answer.Problem);
    }

    [Fact]
    public async Task Parameters_of_fields_are_passed_over()
    {
        var path = await server.CreateHttpAsync();

        var answer = await server.AskAsync(
            HttpMethod.Patch, path, FilesServer.Bytes("hello"u8.ToArray(), FilesServer.HttpBytes), ("Upload-Complete", "?0;a=1"),
            ("Upload-Offset", "0;b"));

        Assert.Equal((204, "5"), (answer.Status, answer.Header("Upload-Offset")));
    }

    [Fact]
    public async Task Bytes_whose_digest_is_another_do_not_count()
    {
        var path = await server.CreateHttpAsync();
        var digest = ("Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData("hello"u8))}:");

        var refused = await server.PatchHttpAsync(path, 0, "hellx"u8.ToArray(), completes: false, digest);
        Assert.Equal("400 digest-mismatch", refused.Problem);
        Assert.Equal(0, await server.OffsetAsync(path));
        Assert.Equal("5", (await server.PatchHttpAsync(path, 0, "hello"u8.ToArray(), completes: false, digest)).Header("Upload-Offset"));
    }

    [Fact]
    public async Task The_digest_of_the_whole_decides_and_is_told()
    {
        var body = Payload.Random(200_000);
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:";
        var path = await server.CreateHttpAsync(("Repr-Digest", digest));
        await server.PatchHttpAsync(path, 0, body[..70_000], completes: false);

        Assert.Equal(
            "400 digest-mismatch",
            (await server.PatchHttpAsync(path, 70_000, [.. body[70_000..^1], (byte)(body[^1] ^ 1)], completes: true)).Problem);

        var complete = await server.PatchHttpAsync(path, 70_000, body[70_000..], completes: true);
        Assert.Equal((201, digest), (complete.Status, complete.Header("Repr-Digest")));
        Payload.AssertSame(body, (await server.StoredAsync(complete))!);
    }

    [Fact]
    public async Task A_digest_of_the_whole_that_could_not_be_checked_is_refused_at_once() => Assert.Equal(
        "400 header-invalid",
        (await server.AskAsync(HttpMethod.Post, FilesServer.Files, null, ("Upload-Complete", "?0"), (
            "Repr-Digest", $"sha-512=:{Convert.ToBase64String(SHA512.HashData("x"u8))}:"))).Problem);

    [Fact]
    public async Task An_upload_that_was_given_up_is_gone()
    {
        var path = await server.CreateHttpAsync();

        Assert.Equal(204, (await server.AskAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal("410 upload-gone", (await server.PatchHttpAsync(path, 0, "x"u8.ToArray(), completes: false)).Problem);
    }

    [Fact]
    public async Task A_request_that_speaks_no_protocol_is_told_of_all()
    {
        var answer = await server.AskAsync(HttpMethod.Post, FilesServer.Files, null);

        Assert.Equal(
            ("412 tus-version-unsupported", "1.0.0", "1.0.0"),
            (answer.Problem, answer.Header("Tus-Version"), answer.Header("Tus-Resumable")));
        Assert.Contains("Upload-Complete: ?0", answer.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("x-ms-transfer-mode: chunked", answer.Text("detail"), StringComparison.Ordinal);
    }
}
