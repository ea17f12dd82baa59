using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.UploadPage;

/// <summary>The page as it is served; <c>BrowserTests</c> has what it does.</summary>
[Collection<OnDefaultServer>]
public sealed partial class UploadPageTests(RunningServer server)
{
    private const string Path = "/api/upload";

    [Theory]
    [InlineData(Path, 1)]
    [InlineData(Path, 2)]
    [InlineData("/API/Upload?code=anything", 1)]
    public async Task It_is_a_document_that_nobody_may_frame_sniff_or_keep_without_asking(string path, int http)
    {
        using var answer = await server.SendAsync(HttpMethod.Get, path, null, http, ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal("no-cache", Header(answer, "Cache-Control"));
        Assert.Equal(["'none'"], PageDocument.Sources(Policy(answer), "frame-ancestors"));
        var document = await ReadAsync(answer);
        Assert.StartsWith("<!doctype html>\n", document.Text, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", document.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_policy_allows_its_own_script_and_style_and_requests_to_its_own_server()
    {
        using var answer = await server.SendAsync(HttpMethod.Get, Path);
        var document = await ReadAsync(answer);

        Assert.Equal([Assert.Single(document.ScriptHashes)], PageDocument.Sources(Policy(answer), "script-src"));
        Assert.Equal([Assert.Single(document.StyleHashes)], PageDocument.Sources(Policy(answer), "style-src"));
        Assert.Equal(["'self'"], PageDocument.Sources(Policy(answer), "connect-src"));
        Assert.Equal(["data:"], PageDocument.Sources(Policy(answer), "img-src"));
        foreach (var directive in (string[])["default-src", "base-uri", "form-action", "trusted-types"])
            Assert.Equal(["'none'"], PageDocument.Sources(Policy(answer), directive));
    }

    [Fact]
    public async Task It_names_no_other_origin_and_loads_nothing()
    {
        var document = await ReadAsync();

        Assert.DoesNotMatch(Address(), document.Text);
        Assert.DoesNotContain(document.Tags, static tag => Loads().IsMatch(tag));
        Assert.DoesNotContain(
            document.Tags,
            static tag => tag.Contains(" style=", StringComparison.Ordinal) || tag.Contains(" on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_carries_the_licence_of_everything_that_is_in_it()
    {
        var document = await ReadAsync();
        var locked = JsonElement.Parse(Repository.Read("src/Sluice.UploadPage/page/package-lock.json")).GetProperty("packages");

        foreach (var (name, licence) in (IEnumerable<(string, string)>)
        [
            ("tus-js-client", "tus - Resumable File Uploads"), ("js-base64", "Dan Kogai"), ("url-parse", "Arnout Kazemier"),
            ("requires-port", "Arnout Kazemier"), ("querystringify", "Arnout Kazemier"),
        ])
        {
            var version = locked.GetProperty($"node_modules/{name}").GetProperty("version").GetString();
            var text = document.Text.Split($"<p>{name} {version}</p>\n<pre>")[1].Split("</pre>")[0];
            Assert.Contains(licence, text, StringComparison.Ordinal);
            Assert.Contains(
                "THE SOFTWARE IS PROVIDED", text.Replace("THIS SOFTWARE", "THE SOFTWARE", StringComparison.Ordinal),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_has_it_is_told_so()
    {
        using var first = await server.SendAsync(HttpMethod.Get, Path);
        var tag = first.Headers.ETag!.Tag;

        foreach (var sent in (string[])[tag, $"W/{tag}", $"\"other\", {tag}", "*"])
        {
            using var again = await server.SendAsync(HttpMethod.Get, Path, null, 1, ("If-None-Match", sent));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(tag, again.Headers.ETag?.Tag);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        using var other = await server.SendAsync(HttpMethod.Get, Path, null, 1, ("If-None-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    private async Task<PageDocument> ReadAsync()
    {
        using var answer = await server.SendAsync(HttpMethod.Get, Path);
        return await ReadAsync(answer);
    }

    private static async Task<PageDocument> ReadAsync(HttpResponseMessage answer) =>
        new(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    private static string Policy(HttpResponseMessage answer) => Header(answer, "Content-Security-Policy");

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    [GeneratedRegex(@"\b[a-z]+://[\w\[]", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex("""\s(src|srcset|action|data)=|^<(iframe|object|embed|base|img|meta http-equiv)|\shref="(?!data:,")""")]
    private static partial Regex Loads();
}
