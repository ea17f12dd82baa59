using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sluice.DevelopmentStorage;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Samples;

/// <summary>The own origin of a page that takes Uppy from a CDN. The CDN's files come from npm instead, and from here.</summary>
internal sealed partial class UppySite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private UppySite(WebApplication app) => _app = app;

    /// <summary>Where the page is.</summary>
    public Uri Page => new(_app.Urls.Single());

    /// <summary>Starts one.</summary>
    /// <param name="page">The page, named from the root of the repository.</param>
    /// <param name="edit">Replaces the addresses in the page, when it is opened.</param>
    public static async Task<UppySite> StartAsync(string page, Func<string, string> edit)
    {
        var html = Repository.Read(page);
        var uppy = await UppyAsync(Cdn().Match(html).Groups["version"].Value);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = new UppySite(builder.Build());
        site._app.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            context.Response.ContentType = path.EndsWith(".mjs", StringComparison.Ordinal) ? "text/javascript"
                : path.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "text/html; charset=utf-8";
            await (path switch
            {
                "/" => context.Response.WriteAsync(edit(Cdn().Replace(html, "/uppy/")), context.RequestAborted),
                "/uppy/dist/uppy.min.mjs" or "/uppy/dist/uppy.min.css" =>
                    context.Response.SendFileAsync($"{uppy}{path["/uppy".Length..]}", context.RequestAborted),
                _ => Missing(context),
            });
        });
        await site._app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

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

    [GeneratedRegex(@"https://cdn\.jsdelivr\.net/npm/uppy@(?<version>[0-9.]+)/")]
    private static partial Regex Cdn();
}
