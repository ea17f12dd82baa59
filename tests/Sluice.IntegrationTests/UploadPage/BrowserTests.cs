using System.Text.Json;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.UploadPage;

/// <summary>The page in a browser, as far as it needs no upload to succeed.</summary>
[Collection<OnDefaultServer>]
public sealed class BrowserTests(RunningServer server)
{
    [Fact]
    public async Task It_is_for_eyes_keyboards_screen_readers_and_telephones_by_light_and_dark()
    {
        using var one = new LocalFile("one & only.bin", 1000);
        using var other = new LocalFile($"{new string('x', 120)}.bin", 2000);

        var said = await Browser.VisitAsync("look", server.Address(), new { Files = (string[])[one.Path, other.Path] });

        Assert.Empty(Texts(said, "found"));
        Assert.Empty(
            new[] { "color-contrast", "label", "button-name", "html-has-lang", "region", "target-size" }.Except(Texts(said, "checked")));
        Assert.All(said.GetProperty("widths").EnumerateArray(), static tooWide => Assert.Equal(0, tooWide.GetInt32()));
        Assert.Equal(
            [
                "choose", "Resume one & only.bin", "Cancel one & only.bin", $"Pause {new string('x', 120)}.bin",
                $"Cancel {new string('x', 120)}.bin", "Settings", "chunk", "at-once", "Licences",
            ],
            Texts(said, "reached"));
    }

    [Fact]
    public async Task So_is_everything_else_that_it_shows_and_the_page_of_a_problem()
    {
        using var one = new LocalFile("one & only.bin", 1000);
        using var other = new LocalFile($"{new string('x', 120)}.bin", 2000);

        var said = await Browser.VisitAsync("states", server.Address(), new { Files = (string[])[one.Path, other.Path] });

        Assert.Empty(Texts(said, "found"));
        Assert.Empty(new[] { "color-contrast", "label", "button-name", "document-title", "region" }.Except(Texts(said, "checked")));
        Assert.All(said.GetProperty("widths").EnumerateArray(), static tooWide => Assert.Equal(0, tooWide.GetInt32()));
        Assert.Equal(
            ["Upload", "Upload", "Upload", "Upload", "No such route", "Upload", "Upload", "Upload", "Upload", "No such route"],
            Texts(said, "titles"));
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_words_of_the_server_which_are_never_markup()
    {
        using var file = new LocalFile("bold &lt; &amp; brave.bin", 1000);

        var said = await Browser.VisitAsync(
            "problem", server.Address(), new { File = file.Path, Status = 413, Title = "Too <b>large</b>", Detail = "At most 1 MB." });

        Assert.Equal("Too <b>large</b>. At most 1 MB.", said.GetProperty("failed").GetProperty("text").GetString());
        Assert.EndsWith(": Too <b>large</b>. At most 1 MB.", said.GetProperty("status").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, said.GetProperty("markup").GetInt32());
    }

    // A rule refuses one file of many with the status that a key may be refused with.
    [Theory]
    [InlineData("urn:sluice:problem:route-refused", "Not this. Not here.", JsonValueKind.Null)]
    [InlineData("urn:sluice:problem:key-scope", "Not this. Not here.", JsonValueKind.Object)]
    public async Task Another_key_is_asked_for_only_where_that_helps(string type, string text, JsonValueKind asking)
    {
        using var file = new LocalFile("some.bin", 1000);

        var said = await Browser.VisitAsync(
            "problem", server.Address(), new { File = file.Path, Status = 403, Type = type, Title = "Not this", Detail = "Not here." });

        Assert.Equal(text, said.GetProperty("failed").GetProperty("text").GetString());
        Assert.Equal(asking, said.GetProperty("asking").ValueKind);
    }

    [Fact]
    public async Task A_key_is_kept_once_the_server_has_accepted_it_and_not_while_nobody_knows()
    {
        var said = await Browser.VisitAsync("unsure", server.Address(), new { });

        Assert.Equal(
            [
                "Too many requests. Wait, then try again.", "The server could not check the key (503). Try again.",
                "The server could not be reached. Try again.",
            ],
            Texts(said, "said"));
        Assert.Equal("{}", said.GetProperty("session").GetRawText());
        Assert.Equal(JsonValueKind.Null, said.GetProperty("accepted").ValueKind);
        Assert.Equal("Off. On purpose.", said.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_file_that_was_refused_for_its_key_continues_with_another_one()
    {
        using var file = new LocalFile($"{Guid.NewGuid():N}.bin", 1000);

        var said = await Browser.VisitAsync("revoked", server.Address(), new { File = file.Path });

        Assert.Equal("The key is missing or wrong.", BrowserUploadTests.Text(said, "failed"));
        Assert.Equal("This server requires a key", said.GetProperty("asked").GetProperty("title").GetString());
        Assert.StartsWith("Done", BrowserUploadTests.Text(said, "done"), StringComparison.Ordinal);
        Assert.Equal(["", "another"], Texts(said, "keys"));
    }

    private static IEnumerable<string> Texts(JsonElement said, string name) =>
        said.GetProperty(name).EnumerateArray().Select(static text => text.GetString()!);
}
