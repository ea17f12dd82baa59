using System.Net;
using System.Text;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>What is stored beside the bytes, and what can't be.</summary>
[Collection<OnUploadServer>]
public sealed class UploadPropertyTests(UploadServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10)]
    [InlineData(UploadServer.BlockBytes + 1)]
    public async Task Headers_that_describe_the_body_are_stored_with_it(int bytes)
    {
        var name = $"described-{bytes}";

        using var answer = await server.PutAsync(
            name,
            Payload.Content(Payload.Random(bytes)),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Encoding", "br"),
            ("Content-Language", "de, en"),
            ("Content-Disposition", "attachment; filename=\"a b.txt\"; filename*=UTF-8''%C3%BC.txt"),
            ("Cache-Control", "private, max-age=60"),
            ("x-ms-meta-Project", "sluice"),
            ("X-MS-META-_n1", "a; b, \"c\" = d ~"));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var stored = (await server.Container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: Token)).Value;
        Assert.Equal("text/plain; charset=utf-8", stored.ContentType);
        Assert.Equal("br", stored.ContentEncoding);
        Assert.Equal("de, en", stored.ContentLanguage);
        Assert.Equal("attachment; filename=\"a b.txt\"; filename*=UTF-8''%C3%BC.txt", stored.ContentDisposition);
        Assert.Equal("private, max-age=60", stored.CacheControl);
        Assert.Equal("sluice", stored.Metadata["Project"]);
        Assert.Equal("a; b, \"c\" = d ~", stored.Metadata["_n1"]);
        Assert.Equal(["Project", "_n1", "sluice_sha256", "sluice_upload"], stored.Metadata.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_second_upload_brings_its_own_description()
    {
        using var first = await server.PutAsync("again", Payload.Content([0]), ("Cache-Control", "no-cache"), ("x-ms-meta-a", "1"));
        using var second = await server.PutAsync("again", Payload.Content([0]), ("x-ms-meta-b", "2"));

        var stored = (await server.Container.GetBlobClient("again").GetPropertiesAsync(cancellationToken: Token)).Value;
        Assert.True(string.IsNullOrEmpty(stored.CacheControl));
        Assert.Equal(["b", "sluice_sha256", "sluice_upload"], stored.Metadata.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("image/png", "<html>", "image/png")]
    [InlineData("text/x-odd; a=b", "%PDF-1.7", "text/x-odd; a=b")]
    [InlineData("application/octet-stream", "%PDF-1.7", "application/pdf")]
    [InlineData("application/octet-stream", "\0\0\0", "application/octet-stream")]
    [InlineData(null, "%PDF-1.7", "application/pdf")]
    [InlineData(null, "{\"a\": 1}", "application/json")]
    [InlineData(null, "\0\0\0", "application/octet-stream")]
    [InlineData(null, "", "application/octet-stream")]
    [InlineData("image/png", "", "image/png")]
    public async Task The_declared_media_type_is_stored_and_else_what_the_first_bytes_show(string? declared, string body, string stored)
    {
        var name = $"typed-{declared}-{body.Length}-{stored}".Replace('/', '-');
        (string, string)[] headers = declared is null ? [] : [("Content-Type", declared)];

        using var put = await server.PutAsync(name, Payload.Content(Encoding.Latin1.GetBytes(body)), headers);

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal(stored, (await server.Container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: Token)).Value.ContentType);
        using var get = await server.GetAsync(name);
        Assert.Equal(stored, get.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("x-ms-meta-", "a")]
    [InlineData("x-ms-meta-a-b", "a")]
    [InlineData("x-ms-meta-1a", "a")]
    [InlineData("x-ms-meta-a.b", "a")]
    [InlineData("x-ms-meta-sluice_sha256", "a")]
    [InlineData("x-ms-meta-Sluice_Upload", "a")]
    [InlineData("x-ms-meta-a", "ü")]
    [InlineData("x-ms-meta-a", "a\tb")]
    [InlineData("Content-Type", "text/plain; name=ü")]
    [InlineData("Content-Encoding", "ü")]
    [InlineData("Content-Language", "ü")]
    [InlineData("Content-Disposition", "attachment; filename=\"ü.txt\"")]
    [InlineData("Cache-Control", "ü")]
    public async Task A_header_that_storage_can_not_keep_is_refused(string header, string value)
    {
        if (!System.Text.Ascii.IsValid(value))
            Hosts.DifferIn(HostDifference.FieldBytes);
        using var answer = await server.PutAsync("refused", Payload.Content([1]), (header, value));

        await ProblemDocument.ExpectAsync(answer, FailureKind.HeaderInvalid, Phase.Admit);
        Assert.False((await server.Container.GetBlobClient("refused").ExistsAsync(Token)).Value);
    }

    [Theory]
    [InlineData("x-ms-meta-a")]
    [InlineData("Cache-Control")]
    [InlineData("Content-Type")]
    public async Task A_header_without_a_value_is_no_header(string header)
    {
        var name = $"empty-{header}";

        using var answer = await server.PutAsync(name, Payload.Content([0]), (header, ""));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var stored = (await server.Container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: Token)).Value;
        Assert.Equal(("", "application/octet-stream"), (stored.CacheControl ?? "", stored.ContentType));
        Assert.True(!stored.Metadata.TryGetValue("a", out var kept) || kept == "");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Metadata_may_be_almost_8_KiB_large(int http)
    {
        using var fits = await SendAsync(7936 - 1);
        Assert.Equal(HttpStatusCode.Created, fits.StatusCode);
        using var tooLarge = await SendAsync(7936);
        await ProblemDocument.ExpectAsync(tooLarge, FailureKind.HeaderInvalid, Phase.Admit);

        Task<HttpResponseMessage> SendAsync(int bytes) => server.SendAsync(
            HttpMethod.Put, server.PathOf($"large-{http}-{bytes}"), Payload.Content([1]), http, ("x-ms-meta-a", new string('v', bytes)));
    }
}
