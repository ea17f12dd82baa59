using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sluice.DevelopmentStorage;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Samples;

/// <summary>
/// A server that takes uploads from the page in docs/samples/browser, and another, which is that page's own origin. Two addresses in the
/// page are replaced: that of the server, and that of the CDN, whose files come from npm instead.
/// </summary>
public sealed partial class SamplePage(AzuriteFixture azurite) : RunningServer(azurite)
{
    private static readonly string _html = Repository.Read("docs/samples/browser/index.html");

    private WebApplication? _page;

    /// <summary>Where the page is.</summary>
    public Uri Page => new(_page!.Urls.Single());

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Sluice:Resumable:AllowedOrigins:0"] = Page.GetLeftPart(UriPartial.Authority),
    };

    protected override async Task PrepareAsync()
    {
        var version = Cdn().Match(_html).Groups["version"].Value;
        var uppy = await UppyAsync(version);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _page = builder.Build();
        _page.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            context.Response.ContentType = path.EndsWith(".mjs", StringComparison.Ordinal) ? "text/javascript"
                : path.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "text/html; charset=utf-8";
            await (path switch
            {
                "/" => context.Response.WriteAsync(Html(), context.RequestAborted),
                "/uppy/dist/uppy.min.mjs" or "/uppy/dist/uppy.min.css" =>
                    context.Response.SendFileAsync($"{uppy}{path["/uppy".Length..]}", context.RequestAborted),
                _ => Missing(context),
            });
        });
        await _page.StartAsync(TestContext.Current.CancellationToken);
    }

    protected override async ValueTask CleanUpAsync()
    {
        if (_page is not null)
            await _page.DisposeAsync();
    }

    private static Task Missing(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // The package as it is published, without those that it depends on: its bundle contains them.
    private static async Task<string> UppyAsync(string version)
    {
        var installed = await InstalledFolder.EnsureAsync(Repository.PathOf($"artifacts/uppy-{version}"), async folder =>
        {
            (await Command.RunAsync(Command.Npm, ["pack", "--silent", "--ignore-scripts", $"uppy@{version}"], folder)).Succeeded();
            (await Command.RunAsync("tar", ["-xzf", $"uppy-{version}.tgz"], folder)).Succeeded();
        });
        return Path.Combine(installed, "package");
    }

    private string Html() => Cdn().Replace(_html, "/uppy/")
        .Replace("http://localhost:7071", Address().GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

    [GeneratedRegex(@"https://cdn\.jsdelivr\.net/npm/uppy@(?<version>[0-9.]+)/")]
    private static partial Regex Cdn();
}
