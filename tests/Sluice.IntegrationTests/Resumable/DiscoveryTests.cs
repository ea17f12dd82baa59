using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>What OPTIONS says, and what pages of other sites may do.</summary>
[Collection<OnFilesServer>]
public sealed class DiscoveryTests(FilesServer server)
{
    [Fact]
    public async Task Options_says_what_both_protocols_want_to_know()
    {
        var answer = await server.AskAsync(HttpMethod.Options, FilesServer.Files);

        Assert.Equal(
            (
                200, "1.0.0", "creation,creation-with-upload,creation-defer-length,expiration,checksum,concatenation,termination",
                "20000000", "sha1,sha256,sha512,md5,crc32", null as string),
            (
                answer.Status, answer.Header("Tus-Version"), answer.Header("Tus-Extension"), answer.Header("Tus-Max-Size"),
                answer.Header("Tus-Checksum-Algorithm"), answer.Header("Accept-Patch")));
        Assert.StartsWith(
            $"max-size=20000000, {(TestedHost.IsFunctions ? "max-append-size=16777216, " : "")}min-append-size=",
            answer.Header("Upload-Limit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_the_configured_site_may_upload_and_see_every_answer()
    {
        var asked = await server.AskAsync(
            HttpMethod.Options, FilesServer.Files, null, ("Origin", FilesServer.Origin), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "tus-resumable,upload-length,x-functions-key"));
        Assert.Equal(
            (200, FilesServer.Origin, "tus-resumable,upload-length,x-functions-key"),
            (asked.Status, asked.Header("Access-Control-Allow-Origin"), asked.Header("Access-Control-Allow-Headers")));
        Assert.Contains("PATCH", asked.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);

        var created = await server.TusAsync(
            HttpMethod.Post, FilesServer.Files, null, ("Upload-Length", "5"), ("Origin", FilesServer.Origin));
        Assert.Equal((201, FilesServer.Origin), (created.Status, created.Header("Access-Control-Allow-Origin")));
        Assert.All(
            (string[])[
                "Location", "Upload-Offset", "Upload-Length", "Tus-Resumable", "Upload-Expires", "Upload-Complete", "Upload-Limit", "Range",
                "x-ms-chunk-size"
            ],
            name => Assert.Contains(name, created.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal));

        // A problem that a page can't read would be a network error to it.
        var refused = await server.TusAsync(HttpMethod.Post, FilesServer.Files, null, ("Origin", FilesServer.Origin));
        Assert.Equal((400, FilesServer.Origin), (refused.Status, refused.Header("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("é", null)]
    [InlineData("upload-length, é, tus-resumable", "upload-length,tus-resumable")]
    [InlineData("a b,upload-length", "upload-length")]
    [InlineData("x: y", null)]
    [InlineData(",", null)]
    public async Task Names_that_are_none_are_not_allowed_and_break_nothing(string asks, string? allowed)
    {
        foreach (var path in (string[])[FilesServer.Files, $"{FilesServer.Files}/some"])
        {
            var asked = await server.AskAsync(
                HttpMethod.Options, path, null, ("Origin", FilesServer.Origin), ("Access-Control-Request-Method", "é"),
                ("Access-Control-Request-Headers", asks));

            Assert.Equal(
                (200, FilesServer.Origin, allowed),
                (asked.Status, asked.Header("Access-Control-Allow-Origin"), asked.Header("Access-Control-Allow-Headers")));
        }
    }

    [Fact]
    public async Task A_page_of_another_site_is_told_nothing()
    {
        var asked = await server.AskAsync(
            HttpMethod.Options, FilesServer.Files, null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));

        Assert.Null(asked.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", asked.Header("Vary"));
    }
}
