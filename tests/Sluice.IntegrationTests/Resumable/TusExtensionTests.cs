using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>
/// The extensions of tus 1.0.0: creation, with upload, with a length that comes later; checksum, expiration, termination, concatenation.
/// </summary>
[Collection<OnFilesServer>]
public sealed class TusExtensionTests(FilesServer server)
{
    [Theory]
    [InlineData("")]
    [InlineData("Upload-Length: x")]
    [InlineData("Upload-Length: -5")]
    [InlineData("Upload-Length: 5|Upload-Defer-Length: 1")]
    [InlineData("Upload-Defer-Length: 2")]
    [InlineData("Upload-Length: 5|Upload-Metadata: a b c")]
    [InlineData("Upload-Length: 5|Upload-Metadata: a YQ==,a Yg==")]
    [InlineData("Upload-Length: 5|Upload-Metadata: sha256 YQ==")]
    [InlineData("Upload-Length: 5|Upload-Concat: some")]
    [InlineData("Upload-Length: 5|Upload-Concat: final;/api/files/x")]
    public async Task What_can_not_be_meant_creates_nothing(string headers)
    {
        var answer = await server.TusAsync(
            HttpMethod.Post, FilesServer.Files, null, [.. headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(
                static header => (header.Split(": ")[0], header.Split(": ")[1]))]);

        Assert.Equal("400 header-invalid", answer.Problem);
    }

    [Fact]
    public async Task An_upload_that_is_larger_than_any_may_be_is_refused_with_the_limit()
    {
        var answer = await server.TusAsync(HttpMethod.Post, FilesServer.Files, null, ("Upload-Length", "20000001"));

        Assert.Equal(("413 body-too-large", "20000000"), (answer.Problem, answer.Text("limitBytes")));
        Assert.Contains("max-size=20000000", answer.Header("Upload-Limit"), StringComparison.Ordinal);
        Assert.Equal("20000000", answer.Header("Tus-Max-Size"));
    }

    [Theory]
    [InlineData(true, "admit")]
    [InlineData(false, "transfer")]
    public async Task An_upload_whose_length_is_told_later_has_the_same_limit(bool sized, string phase)
    {
        var answer = await server.TusAsync(
            HttpMethod.Post, FilesServer.Files, FilesServer.Bytes(new byte[20_000_001], FilesServer.TusBytes, sized),
            ("Upload-Defer-Length", "1"));

        Assert.Equal(("413 body-too-large", phase, "20000000"), (answer.Problem, answer.Text("phase"), answer.Header("Tus-Max-Size")));
    }

    [Fact]
    public async Task Names_that_are_too_long_for_an_address_are_refused() => Assert.Equal(
        "400 header-invalid",
        (await server.TusAsync(
            HttpMethod.Post, FilesServer.Files, null, ("Upload-Length", "1"),
            ("Upload-Metadata", $"a {FilesServer.Base64(new string('x', 3000))}"))).Problem);

    [Fact]
    public async Task An_empty_upload_is_complete_when_it_is_created()
    {
        var answer = await server.TusAsync(HttpMethod.Post, FilesServer.Files, null, ("Upload-Length", "0"));

        Assert.Equal((201, "0"), (answer.Status, answer.Header("Upload-Offset")));
        Assert.Empty((await server.StoredAsync(answer))!);
        Assert.Equal(0, await server.OffsetAsync(answer.Header("Location")!));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(250_000)]
    public async Task The_request_that_creates_an_upload_may_bring_its_first_bytes(int bytes)
    {
        var body = Payload.Random(250_000);

        var created = await server.TusAsync(
            HttpMethod.Post, FilesServer.Files, FilesServer.Bytes(body[..bytes], FilesServer.TusBytes), ("Upload-Length", "250000"));
        Assert.Equal((201, $"{bytes}"), (created.Status, created.Header("Upload-Offset")));

        var complete = bytes == body.Length ? created : await server.PatchTusAsync(created.Header("Location")!, bytes, body[bytes..]);
        Payload.AssertSame(body, (await server.StoredAsync(complete))!);
    }

    [Fact]
    public async Task A_length_that_is_told_later_is_told_once()
    {
        var body = Payload.Random(150_000);
        var path = await server.CreateTusAsync(("Upload-Defer-Length", "1"));
        Assert.Equal("1", (await server.TusAsync(HttpMethod.Head, path)).Header("Upload-Defer-Length"));
        await server.PatchTusAsync(path, 0, body[..50_000]);

        var told = await server.PatchTusAsync(path, 50_000, body[50_000..100_000], ("Upload-Length", "150000"));
        Assert.Equal((204, "150000"), (told.Status, told.Header("Upload-Length")));
        Assert.Equal("150000", (await server.TusAsync(HttpMethod.Head, path)).Header("Upload-Length"));
        Assert.Equal(
            "400 inconsistent-upload-length",
            (await server.PatchTusAsync(path, 100_000, body[100_000..], ("Upload-Length", "150001"))).Problem);

        Payload.AssertSame(body, (await server.StoredAsync(await server.PatchTusAsync(path, 100_000, body[100_000..])))!);
    }

    [Fact]
    public async Task A_length_that_is_told_when_all_bytes_are_there_completes_the_upload()
    {
        var path = await server.CreateTusAsync(("Upload-Defer-Length", "1"));
        await server.PatchTusAsync(path, 0, "hello"u8.ToArray());

        Assert.Equal("hello"u8.ToArray(), await server.StoredAsync(await server.PatchTusAsync(path, 5, [], ("Upload-Length", "5"))));
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    [InlineData("sha512")]
    [InlineData("md5")]
    [InlineData("crc32")]
    public async Task Bytes_whose_checksum_is_another_do_not_count_and_can_be_sent_again(string algorithm)
    {
        var body = Payload.Random(150_000);
        var path = await server.CreateTusAsync(("Upload-Length", "150000"));
        var checksum = ("Upload-Checksum", $"{algorithm} {Convert.ToBase64String(Checksum(algorithm, body[..100_000]))}");
        var damaged = body[..100_000];
        damaged[70_000] ^= 1;

        var refused = await server.PatchTusAsync(path, 0, damaged, checksum);
        Assert.Equal((460, "urn:sluice:problem:digest-mismatch"), (refused.Status, refused.Text("type")));
        Assert.Equal(0, await server.OffsetAsync(path));

        var created = await server.TusAsync(
            HttpMethod.Post, FilesServer.Files, FilesServer.Bytes(damaged, FilesServer.TusBytes), ("Upload-Length", "150000"), checksum);
        Assert.Equal((460, "urn:sluice:problem:digest-mismatch"), (created.Status, created.Text("type")));

        Assert.Equal("100000", (await server.PatchTusAsync(path, 0, body[..100_000], checksum)).Header("Upload-Offset"));
        Payload.AssertSame(body, (await server.StoredAsync(await server.PatchTusAsync(path, 100_000, body[100_000..])))!);
    }

    [Theory]
    [InlineData("crc64 AAAAAAAAAAA=")]
    [InlineData("sha1 AAAA")]
    [InlineData("sha1")]
    public async Task A_checksum_that_can_not_be_read_is_refused(string checksum)
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));

        Assert.Equal(
            "400 header-invalid", (await server.PatchTusAsync(path, 0, "hello"u8.ToArray(), ("Upload-Checksum", checksum))).Problem);
    }

    [Fact]
    public async Task The_digest_of_the_whole_goes_on_from_request_to_request_and_decides()
    {
        var body = Payload.Random(300_000);
        var sha256 = $"sha256 {FilesServer.Base64(Convert.ToHexStringLower(SHA256.HashData(body)))}";
        var path = await server.CreateTusAsync(("Upload-Length", "300000"), ("Upload-Metadata", sha256));
        await server.PatchTusAsync(path, 0, body[..99_999]);
        await server.PatchTusAsync(path, 99_999, body[99_999..200_001]);

        var damaged = body[200_001..];
        damaged[^1] ^= 1;
        Assert.Equal(460, (await server.PatchTusAsync(path, 200_001, damaged)).Status);
        Assert.Equal(200_001, await server.OffsetAsync(path));

        var complete = await server.PatchTusAsync(path, 200_001, body[200_001..]);
        Payload.AssertSame(body, (await server.StoredAsync(complete))!);
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:", complete.Header("Repr-Digest"));
    }

    [Fact]
    public async Task An_upload_that_was_given_up_is_gone()
    {
        var path = await server.CreateTusAsync(("Upload-Length", "10"));
        await server.PatchTusAsync(path, 0, "hello"u8.ToArray());

        Assert.Equal(204, (await server.TusAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal(410, (await server.TusAsync(HttpMethod.Head, path)).Status);
        Assert.Equal("410 upload-gone", (await server.PatchTusAsync(path, 5, "hello"u8.ToArray())).Problem);
        Assert.Equal("410 upload-gone", (await server.TusAsync(HttpMethod.Delete, path)).Problem);
    }

    [Fact]
    public async Task A_complete_upload_is_not_given_up()
    {
        var path = await server.CreateTusAsync(("Upload-Length", "5"));
        var complete = await server.PatchTusAsync(path, 0, "hello"u8.ToArray());

        Assert.Equal("400 completed-upload", (await server.TusAsync(HttpMethod.Delete, path)).Problem);
        Assert.Equal("hello"u8.ToArray(), await server.StoredAsync(complete));
    }

    [Fact]
    public async Task Parts_become_a_whole_and_nothing_else_is_left_of_them()
    {
        var body = Payload.Random(400_000);
        var parts = new List<string>();
        foreach (var part in (byte[][])[body[..150_000], body[150_000..399_999], body[399_999..]])
        {
            var path = await server.CreateTusAsync(("Upload-Length", FilesServer.Number(part.Length)), ("Upload-Concat", "partial"));
            Assert.Equal(
                part.Length.ToString(CultureInfo.InvariantCulture), (await server.PatchTusAsync(path, 0, part)).Header("Upload-Offset"));
            Assert.Equal("partial", (await server.TusAsync(HttpMethod.Head, path)).Header("Upload-Concat"));
            parts.Add(path);
        }

        var whole = await server.TusAsync(
            HttpMethod.Post, FilesServer.Files, null, ("Upload-Concat", $"final;{string.Join(' ', parts)}"),
            ("Upload-Metadata", $"filename {FilesServer.Base64("whole.bin")}"));

        Assert.Equal((201, "400000"), (whole.Status, whole.Header("Upload-Length")));
        Payload.AssertSame(body, (await server.StoredAsync(whole))!);
        Assert.EndsWith("/whole.bin", whole.Header("Content-Location"), StringComparison.Ordinal);
        Assert.Equal(
            (200, $"final;{string.Join(' ', parts)}"), (await server.TusAsync(HttpMethod.Head, whole.Header("Location")!)) is var head
                ? (head.Status, head.Header("Upload-Concat"))
                : default);
        Assert.Equal(403, (await server.PatchTusAsync(whole.Header("Location")!, 400_000, "x"u8.ToArray())).Status);
        Assert.DoesNotContain(
            await server.Container.GetBlobsAsync(cancellationToken: TestContext.Current.CancellationToken).ToListAsync(
                TestContext.Current.CancellationToken), static blob => blob.Name.StartsWith("partial-uploads/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_that_is_not_whole_makes_no_whole()
    {
        var part = await server.CreateTusAsync(("Upload-Length", "10"), ("Upload-Concat", "partial"));
        await server.PatchTusAsync(part, 0, "hello"u8.ToArray());

        Assert.Equal(
            "400 inconsistent-upload-length",
            (await server.TusAsync(HttpMethod.Post, FilesServer.Files, null, ("Upload-Concat", $"final;{part}"))).Problem);
        Assert.Equal(5, await server.OffsetAsync(part));
    }

    private static byte[] Checksum(string algorithm, byte[] bytes) => algorithm switch
    {
        "sha1" => CryptographicOperations.HashData(HashAlgorithmName.SHA1, bytes),
        "sha256" => SHA256.HashData(bytes),
        "sha512" => SHA512.HashData(bytes),
        "md5" => CryptographicOperations.HashData(HashAlgorithmName.MD5, bytes),
        _ => [.. Crc32.Hash(bytes).Reverse()],
    };
}
