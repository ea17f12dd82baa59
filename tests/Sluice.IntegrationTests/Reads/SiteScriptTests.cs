using System.Text;
using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Reads;

/// <summary><c>Sluice:Read:ServeActiveContent</c>: what <see cref="StoredScriptTests"/> sees nothing of happens here.</summary>
public sealed class SiteScriptTests(SiteServer server) : IClassFixture<SiteServer>
{
    [Fact]
    public async Task A_site_that_is_served_on_purpose_runs_and_can_take_the_key_of_who_opens_it()
    {
        var paths = new Dictionary<string, string>();
        foreach (var name in (string[])["html", "svg", "xml", "application-xml", "xhtml"])
        {
            var (mediaType, body) = StoredScriptTests.Documents[name];
            paths[name] = await server.StoreAsync("put", name, mediaType, Encoding.UTF8.GetBytes(body));
        }

        var said = await Browser.ReadAsync("attack", server.Address(), new { Code = ScriptServer.Key, Paths = paths });

        foreach (var result in said.EnumerateObject())
        {
            Assert.True(
                StoredScriptTests.Text(result, "title") == "ran" && StoredScriptTests.Text(result, "host") == "ran",
                $"{result.Name}: {result.Value.GetRawText()}");
            Assert.Contains(
                StoredScriptTests.Leaks(result), static leak => leak.Contains(ScriptServer.Key, StringComparison.Ordinal)
                    && leak.Contains("of-the-origin", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task It_is_answered_as_it_is_stored_but_for_what_keeps_other_sites_out()
    {
        var path = await server.StoreAsync("put", "headers", "text/html", "<p>"u8.ToArray());

        using var answer = await server.SendAsync(HttpMethod.Get, path, null, 1, ("x-functions-key", ScriptServer.Key));

        Assert.Equal("text/html", $"{answer.Content.Headers.ContentType}");
        Assert.Equal("inline; filename=\"a.html\"", $"{answer.Content.Headers.ContentDisposition}");
        Assert.False(answer.Headers.Contains("Content-Security-Policy"));
        Assert.Equal(["same-site"], answer.Headers.GetValues("Cross-Origin-Resource-Policy"));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.Equal("private", $"{answer.Headers.CacheControl}");
    }
}
