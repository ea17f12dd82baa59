using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Server;

/// <summary>
/// A workflow that uploads in chunks needs the scopes of both of its addresses: that of the blob or of the uploads, and that of the upload.
/// </summary>
public sealed class LogicAppsKeyTests(NamedKeyServer server) : IClassFixture<NamedKeyServer>
{
    [Theory]
    [InlineData(null, "401 key-invalid")]
    [InlineData("reader", "403 key-scope")]
    [InlineData("uploader", "403 key-scope")]
    [InlineData("writer", "200 ")]
    [InlineData("operator", "200 ")]
    public async Task A_blob_is_announced_with_a_key_that_may_write(string? key, string expected) =>
        Assert.Equal(expected, (await BeginAsync(HttpMethod.Put, server.PathOf("a"), key)).Problem);

    [Theory]
    [InlineData(null, "401 key-invalid")]
    [InlineData("writer", "403 key-scope")]
    [InlineData("uploader", "200 ")]
    public async Task An_upload_is_announced_with_a_key_for_uploads(string? key, string expected) =>
        Assert.Equal(expected, (await BeginAsync(HttpMethod.Post, "/api/files", key)).Problem);

    [Theory]
    [InlineData("writer", null, 401)]
    [InlineData("writer", "writer", 403)]
    [InlineData("writer", "uploader", 404)]
    [InlineData("writer", "operator", 404)]
    [InlineData("operator", "operator", 200)]
    public async Task A_chunk_is_sent_with_a_key_for_uploads_of_the_same_caller(string announcedBy, string? key, int status)
    {
        var begun = await BeginAsync(HttpMethod.Put, server.PathOf($"{Guid.NewGuid():N}"), announcedBy);

        var answer = await AskAsync(
            HttpMethod.Patch, new Uri(begun.Header("Location")!).PathAndQuery, "hello"u8.ToArray(), key, ("Content-Range", "bytes 0-4/5"));

        Assert.Equal(status, answer.Status);
    }

    private Task<Answer> BeginAsync(HttpMethod method, string path, string? key) =>
        AskAsync(method, path, [], key, ("x-ms-transfer-mode", "chunked"), ("x-ms-content-length", "5"));

    private async Task<Answer> AskAsync(
        HttpMethod method, string path, byte[] content, string? key, params (string Name, string Value)[] headers)
    {
        if (key is not null)
            headers = [.. headers, ("x-functions-key", NamedKeyServer.Key(key))];
        using var response = await server.SendAsync(method, path, new ByteArrayContent(content), 1, headers);
        return await Answer.OfAsync(response, TestContext.Current.CancellationToken);
    }
}
