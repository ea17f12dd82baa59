using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable.Conformance;

/// <summary>
/// Rules of Resumable Uploads for HTTP (draft-ietf-httpbis-resumable-upload) that no other test holds, by the sections of the text after
/// draft 11. docs/protocol.md has all rules.
/// </summary>
[Collection<OnFilesServer>]
public sealed partial class HttpConformanceTests(FilesServer server)
{
    // Section 4.
    [Fact]
    public async Task No_two_uploads_have_the_same_address_and_it_says_nothing_of_them()
    {
        (string, string)[] headers =
            [("Content-Disposition", "inline; filename=\"secret-name.txt\""), ("Content-Type", "text/secret-type")];

        var (one, other) = (await server.CreateHttpAsync(headers), await server.CreateHttpAsync(headers));

        Assert.NotEqual(one, other);
        foreach (var inside in (string[])["secret", server.Container.Name])
        {
            Assert.DoesNotContain(inside, one, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(inside, Decoded(one), StringComparison.OrdinalIgnoreCase);
        }
    }

    // Section 4.1.3.
    [Theory]
    [InlineData("\"5\"")]
    [InlineData("5.0")]
    [InlineData("-5")]
    [InlineData("?1")]
    [InlineData("5, 6")]
    [InlineData("1000000000000000")]
    public async Task A_length_of_another_type_counts_as_not_sent(string length)
    {
        var path = await server.CreateHttpAsync(("Upload-Length", length));

        Assert.Equal(204, (await server.PatchHttpAsync(path, 0, "hello"u8.ToArray(), completes: false, ("Upload-Length", length))).Status);
        Assert.Equal((204, "?0", "5", null), await StateAsync(path));
    }

    // Sections 4.1.3 and 4.4.2.
    [Theory]
    [InlineData("hello", "5")]
    [InlineData("", "0")]
    public async Task A_length_is_recorded_when_it_is_told_first_and_no_other_one_after_that(string bytes, string offset)
    {
        var path = await server.CreateHttpAsync();
        var appended = await AppendAsync(path, 0, bytes, ("Upload-Length", "10"));

        Assert.Equal((204, "?0", offset), (appended.Status, appended.Header("Upload-Complete"), appended.Header("Upload-Offset")));
        Assert.Equal((204, "?0", offset, "10"), await StateAsync(path));

        var other = await AppendAsync(path, bytes.Length, "", ("Upload-Length", "11"));
        Assert.Equal(("400 inconsistent-upload-length", "?0"), (other.Problem, other.Header("Upload-Complete")));
        Assert.Equal("https://iana.org/assignments/http-problem-types#inconsistent-upload-length", other.Text("type"));
        Assert.Equal((204, "?0", offset, "10"), await StateAsync(path));
    }

    // Sections 4.1.3 and 4.4.2: the length is that of the request, though not all of it arrives; and what breaks off completes nothing.
    [Fact]
    public async Task A_request_that_is_the_last_tells_the_length_and_completes_nothing_when_it_breaks_off()
    {
        // There, the host reads the body first: the worker never hears of a request that breaks off.
        Hosts.DifferIn(HostDifference.DeclaredLengthIsReadFirst);
        var path = await server.CreateHttpAsync();
        using (var client = await server.ConnectAsync())
        {
            // The server invites the content once it has recorded the length.
            await client.SendHeadAsync(
                $"PATCH {path} HTTP/1.1\nUpload-Complete: ?1\nUpload-Offset: 0\nContent-Type: {FilesServer.HttpBytes}\n"
                    + "Content-Length: 10\nExpect: 100-continue");
            Assert.Equal(100, (await client.ReadHeadAsync()).Status);
            await client.SendAsync("hello");
        }

        var (status, complete, offset, length) = await StateAsync(path);

        Assert.Equal((204, "?0", "10"), (status, complete, length));
        Assert.InRange(int.Parse(offset!, CultureInfo.InvariantCulture), 0, 5);
    }

    // Section 4.1.4.
    [Fact]
    public async Task Limits_are_told_by_each_answer_and_do_not_become_narrower()
    {
        var told = new List<string> { (await server.AskAsync(HttpMethod.Options, FilesServer.Files)).Header("Upload-Limit")! };
        var created = await server.AskAsync(HttpMethod.Post, FilesServer.Files, new ByteArrayContent([]), ("Upload-Complete", "?0"));
        told.Add(created.Header("Upload-Limit")!);
        var path = created.Header("Location")!;
        told.Add((await server.AskAsync(HttpMethod.Head, path)).Header("Upload-Limit")!);
        told.Add((await AppendAsync(path, 0, "hello", ("Upload-Length", "5"))).Header("Upload-Limit")!);
        told.Add((await server.PatchHttpAsync(path, 5, [], completes: true)).Header("Upload-Limit")!);
        told.Add((await server.AskAsync(HttpMethod.Head, path)).Header("Upload-Limit")!);

        Assert.All(told, static limits => Assert.Matches(Dictionary(), limits));
        Assert.Single(told.Select(static limits => Age().Replace(limits, "")).Distinct());
        var ages = told.Select(static limits => int.Parse(Age().Match(limits).Groups["age"].Value, CultureInfo.InvariantCulture));
        Assert.Equal(ages.OrderDescending(), ages);
    }

    // Section 4.1.4.
    [Fact]
    public async Task An_append_beyond_the_largest_upload_is_refused_with_the_limit()
    {
        var path = await server.CreateHttpAsync();

        var answer = await AppendAsync(path, 0, "hello", ("Upload-Length", "20000001"));

        Assert.Equal(("413 body-too-large", "?0"), (answer.Problem, answer.Header("Upload-Complete")));
        Assert.StartsWith("max-size=20000000", answer.Header("Upload-Limit"), StringComparison.Ordinal);
        Assert.Equal((204, "?0", "0", null), await StateAsync(path));
    }

    // Sections 4.2.2 and 4.4.2.
    [Theory]
    [InlineData("PATCH", "/api/files/unknown", 404)]
    [InlineData("PATCH", null, 415)]
    [InlineData("PUT", null, 405)]
    [InlineData("PUT", "/api/files", 405)]
    public async Task A_refusal_says_that_it_is_not_the_answer_to_the_upload(string method, string? path, int status)
    {
        var answer = await server.AskAsync(
            HttpMethod.Parse(method), path ?? await server.CreateHttpAsync(), FilesServer.Bytes("hello"u8.ToArray(), "text/plain"),
            ("Upload-Complete", "?1"), ("Upload-Offset", "0"));

        Assert.Equal((status, "?0", null), (answer.Status, answer.Header("Upload-Complete"), answer.Header("Tus-Resumable")));
    }

    // Section 4.4.2: the offset never exceeds the length. Section 4.6: the offset that was told is accepted.
    [Fact]
    public async Task More_bytes_than_the_length_are_refused_and_end_the_upload()
    {
        var path = await server.CreateHttpAsync(("Upload-Length", "10"));
        await server.PatchHttpAsync(path, 0, "hello"u8.ToArray(), completes: false);

        var answer = await server.AskAsync(
            HttpMethod.Patch, path, FilesServer.Bytes(new byte[100_000], FilesServer.HttpBytes, sized: false), ("Upload-Offset", "5"), (
                "Upload-Complete", "?0"));

        Assert.Equal(("400 inconsistent-upload-length", "?0"), (answer.Problem, answer.Header("Upload-Complete")));
        Assert.Contains("The upload is invalid now.", answer.Body, StringComparison.Ordinal);
        Assert.Equal("410 upload-gone", (await server.PatchHttpAsync(path, 5, "world"u8.ToArray(), completes: true)).Problem);
    }

    // Nothing of it was read, and so nothing is lost.
    [Fact]
    public async Task More_bytes_than_the_length_by_the_head_are_refused_and_the_upload_goes_on_where_it_was()
    {
        var path = await server.CreateHttpAsync(("Upload-Length", "10"));
        await server.PatchHttpAsync(path, 0, "hello"u8.ToArray(), completes: false);

        var answer = await server.PatchHttpAsync(path, 5, new byte[100_000], completes: false);

        Assert.Equal(("400 inconsistent-upload-length", "?0"), (answer.Problem, answer.Header("Upload-Complete")));
        Assert.Equal((204, "?0", "5", "10"), await StateAsync(path));
        Assert.Equal(
            "helloworld"u8.ToArray(),
            await server.StoredAsync(await server.PatchHttpAsync(path, 5, "world"u8.ToArray(), completes: true)));
    }

    // Section 6.
    [Fact]
    public async Task A_block_may_be_empty()
    {
        var path = await server.CreateHttpAsync();
        await server.PatchHttpAsync(path, 0, "hello"u8.ToArray(), completes: false);

        foreach (var sized in (bool[])[true, false])
        {
            var answer = await server.AskAsync(
                HttpMethod.Patch, path, FilesServer.Bytes([], FilesServer.HttpBytes, sized), ("Upload-Offset", "5"), (
                    "Upload-Complete", "?0"));
            Assert.Equal((204, "?0", "5"), (answer.Status, answer.Header("Upload-Complete"), answer.Header("Upload-Offset")));
        }
    }

    // Section 8.
    [Fact]
    public async Task Offsets_and_lengths_are_those_of_the_coded_bytes_and_the_coding_is_kept()
    {
        // Nobody looks whether it is.
        var coded = Payload.Random(1_000);
        var path = await server.CreateHttpAsync(
            ("Upload-Length", FilesServer.Number(coded.Length)), ("Content-Encoding", "gzip"), ("Content-Type", "text/plain"));

        Assert.Equal("50", (await server.PatchHttpAsync(path, 0, coded[..50], completes: false)).Header("Upload-Offset"));
        var complete = await server.PatchHttpAsync(path, 50, coded[50..], completes: true);

        Assert.Equal((201, FilesServer.Number(coded.Length)), (complete.Status, complete.Header("Upload-Offset")));
        Payload.AssertSame(coded, (await server.StoredAsync(complete))!);
        using var blob = await server.SendAsync(HttpMethod.Head, complete.Header("Content-Location")!);
        Assert.Equal("gzip", Assert.Single(blob.Content.Headers.ContentEncoding));
    }

    // Section 9.
    [Fact]
    public async Task Offsets_count_what_a_transfer_coding_was_put_around()
    {
        var body = Payload.Random(150_000);
        var created = await server.AskAsync(
            HttpMethod.Post, FilesServer.Files, FilesServer.Bytes(body[..70_000], "image/x-raw", sized: false), ("Upload-Complete", "?0"));
        Assert.Equal((201, "70000"), (created.Status, created.Header("Upload-Offset")));

        var complete = await server.AskAsync(
            HttpMethod.Patch, created.Header("Location")!, FilesServer.Bytes(body[70_000..], FilesServer.HttpBytes, sized: false),
            ("Upload-Offset", "70000"), ("Upload-Complete", "?1"));

        Assert.Equal((201, "150000", "150000"), (
            complete.Status, complete.Header("Upload-Offset"), complete.Header("Upload-Length")));
        Payload.AssertSame(body, (await server.StoredAsync(complete))!);
    }

    // Section 10.1: a request that brings all of it. Of an upload in parts, a digest is told only where one was declared.
    [Fact]
    public async Task A_wanted_digest_is_told_of_an_upload_in_one_request()
    {
        var wanted = ("Want-Repr-Digest", "sha-512=9");
        var answer = await server.AskAsync(
            HttpMethod.Post, FilesServer.Files, FilesServer.Bytes("hello"u8.ToArray(), "a/b"), ("Upload-Complete", "?1"), wanted);

        Assert.Equal(201, answer.Status);
        Assert.Contains(
            $"sha-512=:{Convert.ToBase64String(SHA512.HashData("hello"u8))}:", answer.Header("Repr-Digest"), StringComparison.Ordinal);

        var path = await server.CreateHttpAsync(wanted);
        await server.PatchHttpAsync(path, 0, "hello"u8.ToArray(), completes: false);
        var last = await server.PatchHttpAsync(path, 5, "!"u8.ToArray(), completes: true);
        Assert.Equal((201, null), (last.Status, last.Header("Repr-Digest")));
    }

    // Section 10.2.
    [Fact]
    public async Task A_creation_whose_digest_is_another_creates_nothing_and_no_bytes_have_a_digest_too()
    {
        var wrong = ("Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData("hellx"u8))}:");
        var created = await server.AskAsync(
            HttpMethod.Post, FilesServer.Files, FilesServer.Bytes("hello"u8.ToArray(), "a/b"), ("Upload-Complete", "?0"), wrong);
        Assert.Equal(("400 digest-mismatch", null), (created.Problem, created.Header("Location")));

        var path = await server.CreateHttpAsync();
        await server.PatchHttpAsync(path, 0, "hello"u8.ToArray(), completes: false);
        Assert.Equal("400 digest-mismatch", (await server.PatchHttpAsync(path, 5, [], completes: true, wrong)).Problem);
        Assert.Equal((204, "?0", "5", "5"), await StateAsync(path));
    }

    // Section 11.1.1: a resource that does not resume ignores the field. But the beginning of a blob is none.
    [Theory]
    [InlineData("Upload-Complete", "?1", 201)]
    [InlineData("Upload-Complete", "?0", 400)]
    [InlineData("Upload-Incomplete", "?1", 400)]
    public async Task A_blob_that_is_stored_directly_is_stored_whole_or_not_at_all(string name, string value, int status)
    {
        var blob = $"{Guid.NewGuid():N}";

        var answer = await server.AskAsync(
            HttpMethod.Put, server.PathOf(blob), FilesServer.Bytes("hello"u8.ToArray(), "a/b"), (name, value));

        Assert.Equal((status, null), (answer.Status, answer.Header("Upload-Complete")));
        Assert.Equal(status == 201, await server.VisibleAsync(blob) is not null);
    }

    // Section 13.
    [Theory]
    [InlineData("inline; filename=\"../../etc/passwd\"")]
    [InlineData("inline; filename*=UTF-8''..%2F..%2Fpasswd")]
    [InlineData("inline; filename=\"..\"")]
    [InlineData("inline; filename=\"a\\\\b:c\"")]
    public async Task A_name_has_no_folders_of_its_own(string disposition)
    {
        var path = await server.CreateHttpAsync(("Content-Disposition", disposition));

        var complete = await server.PatchHttpAsync(path, 0, "hello"u8.ToArray(), completes: true);

        Assert.Matches(Name(), complete.Text("name"));
    }

    private static string Decoded(string path) =>
        System.Text.Encoding.Latin1.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(path.Split('/')[^1]));

    private Task<Answer> AppendAsync(string path, long offset, string bytes, (string Name, string Value) header) =>
        server.PatchHttpAsync(path, offset, System.Text.Encoding.ASCII.GetBytes(bytes), completes: false, header);

    private async Task<(int Status, string? Complete, string? Offset, string? Length)> StateAsync(string path)
    {
        var head = await server.AskAsync(HttpMethod.Head, path);
        return (head.Status, head.Header("Upload-Complete"), head.Header("Upload-Offset"), head.Header("Upload-Length"));
    }

    [GeneratedRegex("^[a-z-]+=[0-9]+(, [a-z-]+=[0-9]+)*$")]
    private static partial Regex Dictionary();

    [GeneratedRegex(", max-age=(?<age>[0-9]+)$")]
    private static partial Regex Age();

    // The server's template: {date:yyyy}/{id}/{filename}.
    [GeneratedRegex(@"^[0-9]{4}/[0-9a-f-]+/(?!\.\.?$)[^/\\]+$")]
    private static partial Regex Name();
}
