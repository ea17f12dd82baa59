using System.Globalization;
using System.Security.Cryptography;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>
/// What clients of tus send that these tests can't run, as their source has it. Each needs certain statuses and headers in return.
/// </summary>
[Collection<OnFilesServer>]
public sealed class TusWireFormatTests(FilesServer server)
{
    private readonly byte[] _body = Payload.Random(300_000);

    private static string Sized(int bytes) => bytes.ToString(CultureInfo.InvariantCulture);

    // https://github.com/tus/tus-java-client/blob/main/src/main/java/io/tus/java/client/TusUploader.java: HttpURLConnection knows no PATCH,
    // and sends a body of no declared length. tus-android-client is built on it.
    [Fact]
    public async Task Tus_java_client_overrides_the_method_expects_a_100_and_sends_chunks()
    {
        using var connection = await server.ConnectAsync();
        await connection.SendHeadAsync(
            $"POST {FilesServer.Files} HTTP/1.1\nTus-Resumable: 1.0.0\nUpload-Length: {_body.Length}\n"
                + $"Upload-Metadata: filename {FilesServer.Base64("java.bin")}\nUser-Agent: Java/17.0.1\n"
                + "Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2\nConnection: keep-alive");
        var created = await connection.ReadAnswerAsync();
        Assert.Equal(201, created.Status);
        var path = created.Header("Location")!;

        Assert.Equal((204, "200000"), Offset(await SendAsync(0, 200_000)));
        Assert.Equal((200, "200000"), Offset(await server.TusAsync(HttpMethod.Head, path)));
        var last = await SendAsync(200_000, _body.Length);
        Assert.Equal((204, "300000"), Offset(last));
        Payload.AssertSame(_body, (await server.StoredAsync(last))!);
        // It begins again for this status only.
        Assert.Equal(404, (await server.TusAsync(HttpMethod.Head, $"{FilesServer.Files}/unknown")).Status);

        Task<Answer> SendAsync(int from, int to) => server.TusAsync(
            HttpMethod.Post, path, FilesServer.Bytes(_body[from..to], FilesServer.TusBytes, sized: false),
            ("X-HTTP-Method-Override", "PATCH"), ("Expect", "100-continue"), ("Upload-Offset", Sized(from)));
    }

    // https://github.com/tus/TUSKit/blob/main/Sources/TUSKit/TUSAPI.swift: it takes both the offset and the length from HEAD. Its source
    // sets no header of the draft. It uploads by upload tasks of URLSession, which has the draft's protocol, so the second case sets them.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TUSKit_asks_for_the_length_and_headers_of_the_draft_do_not_matter(bool draft)
    {
        var path = await server.CreateTusAsync(
            ("Upload-Length", Sized(_body.Length)),
            ("Upload-Metadata", $"filename {FilesServer.Base64("swift.bin")},filetype {FilesServer.Base64("image/x-raw")}"));
        (string, string)[] more = draft ? [("Upload-Draft-Interop-Version", "6"), ("Upload-Complete", "?1")] : [];

        Assert.Equal((204, "100000"), Offset(await server.PatchTusAsync(path, 0, _body[..100_000], more)));
        var half = await server.TusAsync(HttpMethod.Head, path);
        Assert.Equal((200, "100000", "300000"), (half.Status, half.Header("Upload-Offset"), half.Header("Upload-Length")));
        var last = await server.PatchTusAsync(path, 100_000, _body[100_000..], more);

        Assert.Equal((204, "300000"), Offset(last));
        Payload.AssertSame(_body, (await server.StoredAsync(last))!);
        var whole = await server.TusAsync(HttpMethod.Head, path);
        Assert.Equal((200, "300000", "300000"), (whole.Status, whole.Header("Upload-Offset"), whole.Header("Upload-Length")));
    }

    // https://github.com/eventials/go-tus/blob/master/client.go, https://github.com/tomassasovsky/tus_client/blob/main/lib/src/client.dart.
    [Theory]
    [InlineData("POST", FilesServer.TusBytes)]
    [InlineData("PATCH", FilesServer.TusBytes)]
    [InlineData("PATCH", FilesServer.TusBytes + "; charset=utf-8")]
    public async Task Go_tus_and_tus_client_say_nothing_in_the_header_of_the_metadata(string method, string mediaType)
    {
        var path = await server.CreateTusAsync(("Upload-Length", Sized(_body.Length)), ("Upload-Metadata", ""));
        var content = Payload.Content(_body);
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);

        var last = await server.TusAsync(
            HttpMethod.Parse(method), path, content,
            [("Upload-Offset", "0"), .. method == "POST" ? [("X-HTTP-Method-Override", "PATCH")] : Array.Empty<(string, string)>()]);

        Assert.Equal((204, "300000"), Offset(last));
        Payload.AssertSame(_body, (await server.StoredAsync(last))!);
    }

    // https://github.com/tus/tus-py-client/blob/main/tusclient/request.py: upload_length_deferred. The last request is empty if the one
    // before took all that was left.
    [Theory]
    [InlineData(100_000)]
    [InlineData(120_000)]
    public async Task Tuspy_tells_the_length_with_its_last_chunk(int chunk)
    {
        var path = await server.CreateTusAsync(("Upload-Defer-Length", "1"), ("Upload-Metadata", ""));
        Answer last;
        bool isLast;
        var offset = 0;
        do
        {
            var bytes = _body[offset..Math.Min(_body.Length, offset + chunk)];
            offset += bytes.Length;
            isLast = bytes.Length < chunk;
            var checksum = Convert.ToBase64String(CryptographicOperations.HashData(HashAlgorithmName.SHA1, bytes));
            last = await server.PatchTusAsync(
                path, offset - bytes.Length, bytes,
                [
                    ("Upload-Checksum", $"sha1 {checksum}"),
                    .. isLast ? [("Upload-Length", Sized(offset))] : Array.Empty<(string, string)>()
                ]);
            Assert.Equal((204, Sized(offset)), Offset(last));
        }
        while (!isLast);

        Payload.AssertSame(_body, (await server.StoredAsync(last))!);
    }

    // aiohttp, which tuspy uploads with, gives every request a type. https://docs.aiohttp.org/en/stable/client_reference.html
    [Fact]
    public async Task A_creation_without_content_may_have_a_type()
    {
        var created = await server.TusAsync(
            HttpMethod.Post, FilesServer.Files, FilesServer.Bytes([], "application/octet-stream"), ("Upload-Length", "5"));

        Assert.Equal(201, created.Status);
    }

    // https://github.com/bluetianx/BirdMessenger/blob/main/src/BirdMessenger/HttpClientExtension.cs, of a stream: the length comes alone,
    // at the end.
    [Fact]
    public async Task BirdMessenger_asks_first_and_tells_the_length_in_an_empty_request()
    {
        var path = await server.CreateTusAsync(
            ("Upload-Defer-Length", "1"), ("Upload-Metadata", $"fileName {FilesServer.Base64("bird.bin")}"));
        var begun = await server.TusAsync(HttpMethod.Head, path);
        Assert.Equal((200, "0", "1.0.0"), (begun.Status, begun.Header("Upload-Offset"), begun.Header("Tus-Resumable")));
        var sent = await server.TusAsync(
            HttpMethod.Patch, path, FilesServer.Bytes(_body, FilesServer.TusBytes, sized: false), ("Upload-Offset", "0"));
        Assert.Equal((204, "300000"), Offset(sent));

        var last = await server.PatchTusAsync(path, _body.Length, [], ("Upload-Length", Sized(_body.Length)));

        Assert.Equal((204, "300000"), Offset(last));
        Assert.EndsWith("/bird.bin", last.Header("Content-Location"), StringComparison.Ordinal);
        Payload.AssertSame(_body, (await server.StoredAsync(last))!);
    }

    // https://github.com/rpldy/react-uploady/tree/master/packages/core/tus-sender/src: the page asks what the server can do, says with each
    // request that it is of a part, and names parts by absolute URLs.
    [Fact]
    public async Task React_uploady_asks_what_there_is_and_joins_parts_by_absolute_urls()
    {
        var asked = await server.TusAsync(HttpMethod.Options, FilesServer.Files, null, ("Origin", FilesServer.Origin));
        Assert.Contains("concatenation", asked.Header("Tus-Extension")!.Split(','));
        Assert.Contains("Tus-Extension", asked.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
        var allowed = await server.AskAsync(
            HttpMethod.Options, FilesServer.Files, null, ("Origin", FilesServer.Origin), ("Access-Control-Request-Method", "OPTIONS"),
            ("Access-Control-Request-Headers", "tus-resumable"));
        Assert.Contains("OPTIONS", allowed.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);

        var parts = new List<Uri>();
        foreach (var part in (byte[][])[_body[..150_000], _body[150_000..]])
        {
            var path = await server.CreateTusAsync(("Upload-Length", Sized(part.Length)), ("Upload-Concat", "partial"));
            Assert.Equal(204, (await server.PatchTusAsync(path, 0, part, ("Upload-Concat", "partial"))).Status);
            parts.Add(new Uri(server.Address(), path));
        }

        var whole = await server.TusAsync(
            HttpMethod.Post, FilesServer.Files, null, ("Upload-Concat", $"final;{string.Join(' ', parts)}"));

        Assert.Equal(201, whole.Status);
        Payload.AssertSame(_body, (await server.StoredAsync(whole))!);
    }

    // https://github.com/ankitpokhrel/tus-php/blob/main/src/Tus/Client.php: its checksum is that of the file, not of the request, and it is
    // written in hexadecimal before it is written in base64.
    [Fact]
    public async Task Tus_php_has_another_checksum_which_is_refused_and_loses_nothing()
    {
        var checksum = ("Upload-Checksum", $"sha256 {FilesServer.Base64(Convert.ToHexStringLower(SHA256.HashData(_body)))}");
        var created = await server.TusAsync(
            HttpMethod.Post, FilesServer.Files, null, ("Upload-Length", Sized(_body.Length)), ("Upload-Key", "a-key"), checksum);
        Assert.Equal(201, created.Status);
        var path = created.Header("Location")!;

        var refused = await server.PatchTusAsync(path, 0, _body, checksum);

        Assert.Equal("400 header-invalid", refused.Problem);
        Assert.Contains("Upload-Checksum", refused.Text("detail"), StringComparison.Ordinal);
        Payload.AssertSame(_body, (await server.StoredAsync(await server.PatchTusAsync(path, 0, _body)))!);
    }

    private static (int Status, string? Offset) Offset(Answer answer) => (answer.Status, answer.Header("Upload-Offset"));
}
