using System.Net;
using System.Text.Json;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.UploadPage;

/// <summary>The page of a server that has keys.</summary>
public sealed class BrowserKeyTests(KeyServer server) : IClassFixture<KeyServer>
{
    private const string Title = "This server requires a key";

    [Fact]
    public async Task The_key_of_the_link_leaves_the_address_bar_lasts_as_long_as_the_tab_and_can_be_replaced()
    {
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", 1_000_000);

        var said = await Browser.VisitAsync("key", server.Address(), new { File = file.Path, Code = "first-key" });

        Assert.Equal(new Uri(server.Address(), "/api/upload").AbsoluteUri, said.GetProperty("address").GetString());
        Assert.Equal("""{"sluice-key":"first-key"}""", said.GetProperty("session").GetRawText());
        Assert.DoesNotContain("first-key", said.GetProperty("kept").GetString(), StringComparison.Ordinal);
        Assert.Equal((Title, "Key", ""), Asked(said.GetProperty("forgotten")));
        Assert.Equal((Title, "Key", "The server does not accept this key. Enter another one."), Asked(said.GetProperty("refused")));
        Assert.Equal("Waiting", BrowserUploadTests.Text(said, "waiting"));
        Assert.StartsWith("Done", BrowserUploadTests.Text(said, "done"), StringComparison.Ordinal);
        Assert.Equal(["first-key", "", "wrong"], Texts(said, "keys"));
        // But for the link itself.
        Assert.DoesNotContain(Texts(said, "urls").Skip(1), static url => url.Contains("first-key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_key_the_page_asks_for_one_until_the_server_accepts_it()
    {
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", 1_000_000);

        var said = await Browser.VisitAsync(
            "ask", server.Address(), new { File = file.Path, Wrong = (string[])["wrong", " ", "k\u20acy"], Right = " sécond +/=key " });

        Assert.Equal((Title, "Key", ""), Asked(said.GetProperty("asked")));
        Assert.Equal(
            ["The server does not accept this key. Enter another one.", "Enter a key.", "This is no key: it has characters that cannot be sent."],
            said.GetProperty("refused").EnumerateArray().Select(static refused => Asked(refused).Text));
        Assert.Equal("{}", said.GetProperty("session").GetRawText());
        Assert.Equal(JsonValueKind.Null, said.GetProperty("accepted").ValueKind);
        Assert.StartsWith("Done", BrowserUploadTests.Text(said, "done"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, said.GetProperty("reloaded").ValueKind);
        var after = said.GetProperty("after");
        Assert.Equal("sécond +/=key", after.GetProperty("session").GetProperty("sluice-key").GetString());
        Assert.Equal("{}", after.GetProperty("local").GetRawText());
        Assert.DoesNotContain(
            Texts(said, "urls"), static url => url.Contains("wrong", StringComparison.Ordinal) || url.Contains("cond", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=wrong")]
    public async Task The_page_itself_needs_no_key_and_nothing_beside_it_opens(string query)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            using var page = await server.SendAsync(method, $"/api/upload{query}");
            Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        }

        foreach (var (method, path) in (IEnumerable<(string, string)>)
        [
            ("POST", "/api/upload"), ("PUT", "/api/upload"), ("DELETE", "/api/upload"), ("GET", "/api/upload/a"), ("GET", "/api/upload/a.js"),
            ("GET", "/api/uploads"), ("GET", "/api/upload%2F"), ("GET", "/upload"), ("GET", "/api"), ("GET", "/"), ("GET", "/favicon.ico"),
            ("POST", "/api/files"), ("GET", "/api/files/none"), ("GET", "/api/openapi.json"),
        ])
        {
            using var answer = await server.SendAsync(HttpMethod.Parse(method), path + query);
            await ProblemDocument.ExpectAsync(answer, FailureKind.KeyInvalid, Phase.Admit);
        }
    }

    internal static (string? Title, string? Label, string? Text) Asked(JsonElement said) =>
        (said.GetProperty("title").GetString(), said.GetProperty("label").GetString(), said.GetProperty("text").GetString());

    private static IEnumerable<string> Texts(JsonElement said, string name) =>
        said.GetProperty(name).EnumerateArray().Select(static text => text.GetString()!);
}
