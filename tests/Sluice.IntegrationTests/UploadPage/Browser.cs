using System.Text.Json;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.UploadPage;

/// <summary>A browser that does what people do (browser/scenarios.mjs), and says what came of it.</summary>
internal static class Browser
{
    private static readonly string[] _scripts =
    [
        "browser.mjs", "crossorigin.mjs", "looks.mjs", "page.mjs", "sample.mjs", "scenarios.mjs", "stored.mjs", "uploaders.mjs", "visit.mjs",
    ];

    private static readonly Lazy<Task<string>> _folder = new(static () =>
        new NpmFolder("browser", Repository.PathOf("tests/Sluice.IntegrationTests/UploadPage/browser"), _scripts).InstallAsync());

    /// <summary>Visits the upload page of a server. Where there is no browser, which can't be on Linux, the test is skipped.</summary>
    public static async Task<JsonElement> VisitAsync(string scenario, Uri server, object input)
    {
        var said = await RunAsync("page.mjs", scenario, new Uri(server, "/api/upload"), input);

        // Whatever it did, it asked nobody else, and nothing of the page was refused by its own policy.
        Assert.Equal(
            [server.GetLeftPart(UriPartial.Authority)],
            said.GetProperty("origins").EnumerateArray().Select(static origin => origin.GetString()));
        Assert.DoesNotContain(said.GetProperty("console").EnumerateArray(), static line =>
            !line.GetString()!.StartsWith("error: Failed to load resource", StringComparison.Ordinal));
        return said;
    }

    /// <summary>Opens what is stored (browser/stored.mjs).</summary>
    public static Task<JsonElement> ReadAsync(string scenario, Uri server, object input) => RunAsync("stored.mjs", scenario, server, input);

    /// <summary>Calls a server from a page of another origin (browser/crossorigin.mjs).</summary>
    public static Task<JsonElement> CallAsync(Uri server, object input) => RunAsync("crossorigin.mjs", "call", server, input);

    /// <summary>Uploads from a page of another origin with the libraries that pages use (browser/uploaders.mjs).</summary>
    public static Task<JsonElement> UploadWithAsync(string scenario, Uri server, object input) =>
        RunAsync("uploaders.mjs", scenario, server, input);

    /// <summary>Uploads a file by the page in docs/samples/browser (browser/sample.mjs), which is served at an address.</summary>
    public static Task<JsonElement> UploadAsync(Uri page, object input) => RunAsync("sample.mjs", "upload", page, input);

    private static async Task<JsonElement> RunAsync(string script, string scenario, Uri address, object input)
    {
        string[] arguments = [script, scenario, address.AbsoluteUri, JsonSerializer.Serialize(input, JsonSerializerOptions.Web)];
        var said = JsonElement.Parse((await Command.RunAsync("node", arguments, await _folder.Value)).Succeeded());
        Assert.SkipWhen(said.TryGetProperty("noBrowser", out var reason), $"There is no browser: {reason}");
        return said;
    }
}
