using System.Net;
using Azure.Storage.Blobs.Models;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Reads;

/// <summary>What a browser is told to make of a blob. <see cref="StoredScriptTests"/> has what it makes of it.</summary>
[Collection<OnDefaultServer>]
public sealed class InertBytesTests(RunningServer server)
{
    private const string Locked = "sandbox; default-src 'none'";
    private const string Image = $"{Locked}; img-src 'self'; style-src 'unsafe-inline'";
    private const string Media = "sandbox allow-same-origin; default-src 'none'; media-src 'self'; style-src 'unsafe-inline'";
    private const string Pdf = $"{Locked}; object-src 'self'; style-src 'unsafe-inline'";

    private static readonly byte[] _content = Payload.Random(1000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("image/png", Image)]
    [InlineData("image/JPEG", Image, "image/jpeg")]
    [InlineData("image/jpg; q=1", Image)]
    [InlineData("image/vnd.microsoft.icon", Image)]
    [InlineData("video/mp4; codecs=\"avc1, mp4a\"", Media)]
    [InlineData("audio/x-wav", Media)]
    [InlineData("application/ogg", Media)]
    [InlineData("application/pdf", Pdf)]
    [InlineData("text/plain; charset=utf-8", Locked)]
    [InlineData("application/json", Locked)]
    public async Task A_type_without_scripts_is_shown(string stored, string policy, string? served = null) =>
        await AssertServedAsync(stored, served ?? stored, policy, "inline; filename=\"a b.bin\"");

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("TEXT/HTML", "text/html")]
    [InlineData("application/xhtml+xml")]
    [InlineData("image/svg+xml")]
    [InlineData("image/x+xml")]
    [InlineData("video/x+xml")]
    [InlineData("text/xml")]
    [InlineData("application/xml")]
    [InlineData("application/atom+xml")]
    [InlineData("text/javascript")]
    [InlineData("multipart/x-mixed-replace; boundary=a")]
    [InlineData("multipart/related; boundary=a")]
    [InlineData("message/rfc822")]
    [InlineData("text/vtt")]
    [InlineData("text/csv")]
    [InlineData("image/svg")]
    [InlineData("x-unheard/of")]
    [InlineData("application/octet-stream")]
    [InlineData("image/png, text/html", "application/octet-stream")]
    [InlineData("text/plain,text/html", "application/octet-stream")]
    [InlineData("video/mp4; a=b, text/html", "application/octet-stream")]
    [InlineData("foo", "application/octet-stream")]
    [InlineData("image/*", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public async Task Whatever_else_it_is_is_saved(string stored, string? served = null) =>
        await AssertServedAsync(stored, served ?? stored, Locked, "attachment; filename=\"a b.bin\"");

    [Theory]
    [InlineData(null, "attachment")]
    [InlineData("inline", "attachment")]
    [InlineData("INLINE; filename=a.html", "attachment; filename=a.html")]
    [InlineData("attachment; filename=a.html", "attachment; filename=a.html")]
    [InlineData("inline; filename=\"a.html\"; filename*=UTF-8''%C3%BC.html", "attachment; filename=\"a.html\"; filename*=UTF-8''%C3%BC.html")]
    [InlineData("form-data; name=x; filename=a.html", "attachment; name=x; filename=a.html")]
    [InlineData("; inline", "attachment")]
    [InlineData("inline, attachment", "attachment")]
    public async Task A_stored_disposition_gives_the_name_and_nothing_else(string? stored, string told)
    {
        var path = await WriteAsync("text/html", stored, null);

        using var answer = await server.SendAsync(HttpMethod.Get, path);

        Assert.Equal([told], answer.Content.Headers.GetValues("Content-Disposition"));
    }

    [Fact]
    public async Task What_is_shown_may_be_stored_to_be_saved()
    {
        var path = await WriteAsync("image/png", "attachment; filename=a.png", null);

        using var answer = await server.SendAsync(HttpMethod.Get, path);

        Assert.Equal(["attachment; filename=a.png"], answer.Content.Headers.GetValues("Content-Disposition"));
    }

    [Theory]
    [InlineData(null, "private")]
    [InlineData("public, max-age=60", "public, max-age=60")]
    [InlineData("no-store", "no-store")]
    public async Task A_shared_cache_keeps_what_its_owner_says(string? stored, string told)
    {
        var path = await WriteAsync("image/png", null, stored);
        using var whole = await server.SendAsync(HttpMethod.Get, path);
        using var part = await server.SendAsync(HttpMethod.Get, path, null, 1, ("Range", "bytes=1-2"));
        using var fresh = await server.SendAsync(HttpMethod.Get, path, null, 1, ("If-None-Match", $"{whole.Headers.ETag}"));

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.PartialContent, HttpStatusCode.NotModified),
            (whole.StatusCode, part.StatusCode, fresh.StatusCode));
        foreach (var answer in (HttpResponseMessage[])[whole, part, fresh])
            Assert.Equal([told], answer.Headers.GetValues("Cache-Control"));
    }

    [Theory]
    [InlineData("GET", 404, null)]
    [InlineData("GET", 416, "bytes=5000-")]
    [InlineData("HEAD", 404, null)]
    public async Task A_problem_is_not_sniffed_either(string verb, int status, string? range)
    {
        var path = status == 404 ? server.PathOf("nothing-here") : await WriteAsync("text/html", null, null);
        using var answer = await server.SendAsync(HttpMethod.Parse(verb), path, null, 1, range is null ? [] : [("Range", range)]);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    private async Task AssertServedAsync(string stored, string served, string policy, string disposition)
    {
        var path = await WriteAsync(stored, "inline; filename=\"a b.bin\"", null);
        string? tag = null;
        foreach (var http in (int[])[1, 2])
        {
            foreach (var (verb, status, header) in (IEnumerable<(string, int, (string, string)[])>)
            [
                ("GET", 200, []), ("HEAD", 200, []), ("GET", 206, [("Range", "bytes=1-5")]), ("GET", 206, [("Range", "bytes=-1")]),
                ("GET", 304, [("If-None-Match", "*")]), ("HEAD", 304, [("If-None-Match", "*")]),
            ])
            {
                using var answer = await server.SendAsync(HttpMethod.Parse(verb), path, null, http, header);

                Assert.Equal(status, (int)answer.StatusCode);
                tag ??= $"{answer.Headers.ETag}";
                Assert.Equal(tag, $"{answer.Headers.ETag}");
                Assert.Equal([policy], answer.Headers.GetValues("Content-Security-Policy"));
                Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
                Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
                Assert.Equal(["same-origin"], answer.Headers.GetValues("Cross-Origin-Resource-Policy"));
                Assert.Equal([disposition], answer.Content.Headers.GetValues("Content-Disposition"));
                if (status != 304)
                    Assert.Equal([served], answer.Content.Headers.GetValues("Content-Type"));
            }
        }
    }

    // As others write it, who know nothing of our rules.
    private async Task<string> WriteAsync(string mediaType, string? disposition, string? cacheControl)
    {
        var name = $"inert-{Guid.NewGuid():N}";
        await server.Container.GetBlobClient(name).UploadAsync(
            new BinaryData(_content),
            new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = mediaType, ContentDisposition = disposition, CacheControl = cacheControl }
            },
            Token);
        return server.PathOf(name);
    }
}
