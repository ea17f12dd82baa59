using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Resumable;
using Sluice.IntegrationTests.Faults;
using Sluice.Resumable;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.IntegrationTests.Resumable.Conformance;

/// <summary>
/// Rules of the extensions of tus 1.0.0 that no other test holds: expiration, checksum, concatenation. docs/protocol.md has all rules.
/// </summary>
[Collection<OnFilesServer>]
public sealed class TusExtensionConformanceTests(FilesServer server)
{
    private const string Hello = "qvTGHdzF6KLavt4PO0gs2a6pQ00=";

    [Fact]
    public async Task The_expiry_comes_with_the_creation_and_every_answer_to_patch_until_the_upload_is_complete()
    {
        var created = await server.TusAsync(HttpMethod.Post, FilesServer.Files, null, ("Upload-Length", "10"));
        var path = created.Header("Location")!;
        var expiry = created.Header("Upload-Expires")!;
        Assert.InRange(
            DateTimeOffset.ParseExact(
                expiry, "ddd, dd MMM yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            DateTimeOffset.UtcNow.AddDays(5.9), DateTimeOffset.UtcNow.AddDays(6.1));

        Answer[] answers =
        [
            await server.PatchTusAsync(path, 0, "hello"u8.ToArray()),
            await server.PatchTusAsync(path, 7, "world"u8.ToArray()),
            await server.PatchTusAsync(path, 5, "hello world"u8.ToArray()),
            await server.PatchTusAsync(path, 5, "world"u8.ToArray(), ("Upload-Checksum", $"sha1 {Hello}")),
            await server.PatchTusAsync(path, 5, "world"u8.ToArray(), ("Upload-Checksum", "none")),
            await server.TusAsync(HttpMethod.Patch, path, FilesServer.Bytes("w"u8.ToArray(), "text/plain"), ("Upload-Offset", "5")),
            await server.TusAsync(
                HttpMethod.Post, path, FilesServer.Bytes([], FilesServer.TusBytes), ("X-HTTP-Method-Override", "PATCH"), (
                    "Upload-Offset", "9")),
            await server.AskAsync(HttpMethod.Patch, path),
        ];
        Assert.Equal([204, 409, 400, 460, 400, 415, 409, 412], answers.Select(static answer => answer.Status));
        Assert.All(answers, answer => Assert.Equal(expiry, answer.Header("Upload-Expires")));

        var complete = await server.PatchTusAsync(path, 5, "world"u8.ToArray());
        var more = await server.PatchTusAsync(path, 10, "!"u8.ToArray());
        var elsewhere = await server.PatchTusAsync(path, 5, "world"u8.ToArray());
        Assert.Equal([204, 400, 409], [complete.Status, more.Status, elsewhere.Status]);
        Assert.All([complete, more, elsewhere], static answer => Assert.Null(answer.Header("Upload-Expires")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SHA1 qvTGHdzF6KLavt4PO0gs2a6pQ00=")]
    [InlineData("sha384 OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb")]
    [InlineData("sha1  qvTGHdzF6KLavt4PO0gs2a6pQ00=")]
    [InlineData("sha1:qvTGHdzF6KLavt4PO0gs2a6pQ00=")]
    [InlineData("sha1 aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")]
    [InlineData("sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=,md5 XUFAKrxLKna5cZ2REBfFkg==")]
    public async Task Bytes_with_a_checksum_that_can_not_be_checked_do_not_count(string checksum)
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));

        Assert.Equal(
            "400 header-invalid", (await server.PatchTusAsync(path, 0, "hello"u8.ToArray(), ("Upload-Checksum", checksum))).Problem);
        Assert.Equal(0, await server.OffsetAsync(path));
        Assert.Equal(
            "5", (await server.PatchTusAsync(path, 0, "hello"u8.ToArray(), ("Upload-Checksum", $"sha1 {Hello}"))).Header("Upload-Offset"));
    }

    // No bytes have a checksum as well: before the end, at it and after it.
    [Fact]
    public async Task The_checksum_of_no_bytes_is_checked()
    {
        var (right, wrong) = (("Upload-Checksum", $"sha1 {Convert.ToBase64String(SHA1())}"), ("Upload-Checksum", $"sha1 {Hello}"));
        var path = await server.CreateTusAsync(("Upload-Defer-Length", "1"));
        await server.PatchTusAsync(path, 0, "hello"u8.ToArray());

        Assert.Equal(460, (await server.PatchTusAsync(path, 5, [], wrong)).Status);
        Assert.Equal(204, (await server.PatchTusAsync(path, 5, [], right)).Status);
        Assert.Equal(5, await server.OffsetAsync(path));

        var complete = await server.PatchTusAsync(path, 5, [], right, ("Upload-Length", "5"));
        Assert.Equal("hello"u8.ToArray(), await server.StoredAsync(complete));
        Assert.Equal(460, (await server.PatchTusAsync(path, 5, [], wrong)).Status);
        Assert.Equal(204, (await server.PatchTusAsync(path, 5, [], right)).Status);
    }

    [Theory]
    [InlineData("final")]
    [InlineData("final;")]
    [InlineData("final; ")]
    [InlineData("Partial")]
    [InlineData("partial;")]
    [InlineData("partial, partial")]
    [InlineData("FINAL;/api/files/x")]
    public async Task What_is_neither_a_part_nor_made_of_parts_creates_nothing(string concat)
    {
        var length = concat.StartsWith("final;", StringComparison.Ordinal) ? Array.Empty<(string, string)>() : [("Upload-Length", "5")];

        Assert.Equal(
            "400 header-invalid",
            (await server.TusAsync(HttpMethod.Post, FilesServer.Files, null, [.. length, ("Upload-Concat", concat)])).Problem);
    }

    [Theory]
    [InlineData("Upload-Length", "5")]
    [InlineData("Upload-Defer-Length", "1")]
    public async Task What_is_made_of_parts_has_their_length_and_no_other(string name, string value)
    {
        var part = await PartAsync("hello");

        Assert.Equal("400 header-invalid", (await FinalAsync($"final;{part}", (name, value))).Problem);
        Assert.Equal(201, (await FinalAsync($"final;{part}")).Status);
    }

    [Theory]
    [InlineData("/files/unknown")]
    [InlineData("https://tus.example.org/files/24e533e02ec3bc40c387f1a0e460e216")]
    public async Task A_part_that_is_none_of_ours_makes_no_whole_and_changes_no_other_part(string other)
    {
        var part = await PartAsync("hello");

        Assert.Equal("404 upload-unknown", (await FinalAsync($"final;{part} {other}")).Problem);
        Assert.Equal(5, await server.OffsetAsync(part));
    }

    [Fact]
    public async Task An_upload_that_is_no_part_becomes_none()
    {
        var (whole, http) = (await server.CreateTusAsync(("Upload-Length", "5")), await server.CreateHttpAsync(("Upload-Length", "5")));

        Assert.Equal("400 header-invalid", (await FinalAsync($"final;{whole}")).Problem);
        Assert.Equal("400 header-invalid", (await FinalAsync($"final;{http}")).Problem);
    }

    // A service has several names, so the name in a URL of a part is not compared: only it can have issued the rest.
    [Theory]
    [InlineData("{0}")]
    [InlineData("http://127.0.0.1:7071{0}")]
    [InlineData("https://files.example.com/behind/a/proxy{0}")]
    public async Task The_list_of_parts_is_returned_as_it_came_however_they_are_addressed(string address)
    {
        var (first, second) = (await PartAsync("hello"), await PartAsync(" world"));
        var list = $"final;{Address(second)} {Address(first)}";
        Assert.Equal("partial", (await server.TusAsync(HttpMethod.Head, first)).Header("Upload-Concat"));

        var whole = await FinalAsync(list);
        Assert.Equal((201, null), (whole.Status, whole.Header("Upload-Concat")));

        var head = await server.TusAsync(HttpMethod.Head, whole.Header("Location")!);
        Assert.Equal(
            (200, list, "11", "11", null),
            (head.Status, head.Header("Upload-Concat"), head.Header("Upload-Offset"), head.Header("Upload-Length"),
                head.Header("Upload-Defer-Length")));
        Assert.Equal(" worldhello"u8.ToArray(), await server.StoredAsync(head));

        // It is no metadata of the blob to anybody else.
        using var blob = await server.SendAsync(HttpMethod.Head, head.Header("Content-Location")!);
        Assert.DoesNotContain(blob.Headers, static header => header.Key.StartsWith("x-ms-meta-", StringComparison.OrdinalIgnoreCase));

        string Address(string path) => address.Replace("{0}", path, StringComparison.Ordinal);
    }

    // The blob's metadata can be read by others, and a query or a password may open the service.
    [Theory]
    [InlineData("/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 32, "{0}")]
    [InlineData("", 1, "{0}?code=key")]
    [InlineData("", 1, "http://user:password@127.0.0.1{0}")]
    public async Task A_list_of_parts_that_is_too_long_to_keep_or_may_have_secrets_is_left_out(string folder, int times, string address)
    {
        var part = await PartAsync("hello");
        var list = $"final;{string.Concat(Enumerable.Repeat(folder, times))}"
            + string.Format(System.Globalization.CultureInfo.InvariantCulture, address, part);

        var whole = await FinalAsync(list);

        Assert.Equal(201, whole.Status);
        Assert.Equal("final", (await server.TusAsync(HttpMethod.Head, whole.Header("Location")!)).Header("Upload-Concat"));
        Assert.Equal("hello"u8.ToArray(), await server.StoredAsync(whole));
    }

    [Fact]
    public async Task A_part_may_be_in_a_whole_twice()
    {
        var part = await PartAsync("hello");

        var whole = await FinalAsync($"final;{part} {part}");

        Assert.Equal((201, "10"), (whole.Status, whole.Header("Upload-Length")));
        Assert.Equal("hellohello"u8.ToArray(), await server.StoredAsync(whole));
    }

    [Fact]
    public async Task Metadata_of_parts_is_none_of_the_whole()
    {
        var metadata = ("Upload-Metadata", $"filename {FilesServer.Base64("part.txt")},owner {FilesServer.Base64("somebody")}");

        var whole = await FinalAsync($"final;{await PartAsync("hello", metadata)}");

        Assert.Null((await server.TusAsync(HttpMethod.Head, whole.Header("Location")!)).Header("Upload-Metadata"));
        using var blob = await server.SendAsync(HttpMethod.Head, whole.Header("Content-Location")!);
        Assert.False(blob.Headers.Contains("x-ms-meta-owner") || $"{blob.Content.Headers.ContentDisposition}".Contains(
            "part.txt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_final_upload_takes_no_bytes_wherever_they_belong(long offset)
    {
        var whole = await FinalAsync($"final;{await PartAsync("hello")}");

        var answer = await server.PatchTusAsync(whole.Header("Location")!, offset, offset == 5 ? "!"u8.ToArray() : "world"u8.ToArray());

        Assert.Equal("403 completed-upload", answer.Problem);
        Assert.Equal("hello"u8.ToArray(), await server.StoredAsync(whole));
    }

    [Theory]
    [InlineData(UploadRole.Final, false, null)]
    [InlineData(UploadRole.Final, true, "5")]
    [InlineData(UploadRole.Part, false, "5")]
    public void A_final_upload_has_an_offset_once_it_is_made(object role, bool complete, string? offset)
    {
        var ticket = new UploadTicket
        {
            Id = Guid.NewGuid(),
            Target = new BlobTarget("inbox", "a"),
            Expires = DateTimeOffset.UtcNow,
            Role = (UploadRole)role,
        };
        var context = new DefaultHttpContext();
        context.Response.Headers["Upload-Offset"] = "5";

        UploadProtocol.Of(ticket).Write(
            context, new UploadStatus(ticket, 5, 5, complete), new UploadLimits(100, new ResumableOptions(), 100), TimeSpan.Zero);

        Assert.Equal(offset, context.Response.Headers["Upload-Offset"].SingleOrDefault());
    }

    private static byte[] SHA1() => CryptographicOperations.HashData(HashAlgorithmName.SHA1, []);

    private async Task<string> PartAsync(string text, params (string Name, string Value)[] headers)
    {
        var path = await server.CreateTusAsync(
            [("Upload-Length", FilesServer.Number(text.Length)), ("Upload-Concat", "partial"), .. headers]);
        Assert.Equal(204, (await server.PatchTusAsync(path, 0, System.Text.Encoding.ASCII.GetBytes(text))).Status);
        return path;
    }

    private Task<Answer> FinalAsync(string concat, params (string Name, string Value)[] headers) =>
        server.TusAsync(HttpMethod.Post, FilesServer.Files, null, [("Upload-Concat", concat), .. headers]);
}
