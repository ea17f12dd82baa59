namespace Sluice.IntegrationTests.Resumable;

/// <summary>
/// Values with blanks at their ends, by every way in, against a storage that signs requests with a shared key: the blanks are not stored,
/// and nothing else is changed. With them, the commit would be refused after all bytes came.
/// </summary>
[Collection<OnFilesServer>]
public sealed class BlankEndTests(FilesServer server)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metadata_of_tus()
    {
        (string Key, string Value)[] said =
        [
            ("filename", " report.pdf "), ("department", "finance "), ("inner", "a   b"), ("blank", "   "), ("filetype", " text/plain ")
        ];
        var metadata = string.Join(',', said.Select(static pair => $"{pair.Key} {FilesServer.Base64(pair.Value)}"));
        var path = await server.CreateTusAsync(("Upload-Length", "5"), ("Upload-Metadata", metadata));

        var complete = await server.PatchTusAsync(path, 0, "hello"u8.ToArray());

        Assert.Equal("hello"u8.ToArray(), await server.StoredAsync(complete));
        var stored = (await server.Container.GetBlobClient(Uri.UnescapeDataString(complete.Header(
            "Content-Location")![$"/api/blobs/{server.Container.Name}/".Length..])).GetPropertiesAsync(cancellationToken: Cancelled)).Value;
        Assert.Equal(
            ("report.pdf", "finance", "a   b", "text/plain"),
            (stored.Metadata["filename"], stored.Metadata["department"], stored.Metadata["inner"], stored.ContentType));
        Assert.DoesNotContain("blank", stored.Metadata.Keys);
    }

    [Fact]
    public async Task Fields_of_a_form()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("finance "), "department" },
            { new StringContent(" \t"), "blank" },
            { new ByteArrayContent([1, 2]), "file", "form.bin" }
        };

        using var answer = await server.SendAsync(HttpMethod.Post, $"/api/blobs/{server.Container.Name}", form);

        Assert.Equal(201, (int)answer.StatusCode);
        var metadata = (await server.Container.GetBlobClient("form.bin").GetPropertiesAsync(cancellationToken: Cancelled)).Value.Metadata;
        Assert.Equal("finance", metadata["department"]);
        Assert.DoesNotContain("blank", metadata.Keys);
    }

    // Over HTTP/2 nothing takes the blanks away on the way.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Fields_of_a_request(int http)
    {
        var name = $"put-{http}.txt";
        using var content = new ByteArrayContent([1, 2, 3]);

        using var answer = await server.SendAsync(
            HttpMethod.Put, server.PathOf(name), content, http,
            ("x-ms-meta-department", " finance "), ("x-ms-meta-inner", "a   b"), ("x-ms-meta-blank", "  "),
            ("Content-Type", " text/plain "), ("Content-Language", " de "), ("Cache-Control", " no-cache "),
            ("Content-Disposition", " attachment "));

        Assert.Equal(201, (int)answer.StatusCode);
        var stored = (await server.Container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: Cancelled)).Value;
        Assert.Equal(("finance", "a   b"), (stored.Metadata["department"], stored.Metadata["inner"]));
        Assert.Equal(
            ("text/plain", "de", "no-cache", "attachment"),
            (stored.ContentType, stored.ContentLanguage, stored.CacheControl, stored.ContentDisposition));
        Assert.DoesNotContain("blank", stored.Metadata.Keys);
    }

    [Fact]
    public async Task Fields_of_an_upload_in_parts()
    {
        var path = await server.CreateHttpAsync(("x-ms-meta-department", "finance "), ("Content-Type", "text/plain "));

        var complete = await server.PatchHttpAsync(path, 0, [1, 2, 3], completes: true);

        Assert.Equal(201, complete.Status);
    }
}
