using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Results;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.UploadPage;

/// <summary>An app that has Sluice without the package of the page, or with a page of its own.</summary>
public sealed class NoUploadPageTests
{
    private const string Path = "/api/upload";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_page_its_route_says_which_package_to_add()
    {
        await using var app = await StartAsync(static _ => { });
        using var client = ServerClient.Create(new Uri(app.Urls.First()));
        using var answer = await client.GetAsync(Path, Cancelled);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path), Cancelled);

        var problem = await ProblemDocument.ExpectAsync(answer, FailureKind.RouteUnknown, Phase.Admit);
        Assert.Contains("package Sluice.UploadPage", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("AddSluiceUploadPage()", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(answer.StatusCode, head.StatusCode);
    }

    [Fact]
    public async Task A_page_of_the_apps_own_has_the_headers_that_no_page_may_lack()
    {
        await using var app = await StartAsync(static services => services.AddSingleton<IUploadPage, OwnPage>());
        using var client = ServerClient.Create(new Uri(app.Urls.First()));
        using var answer = await client.GetAsync(Path, Cancelled);

        Assert.Equal("<!doctype html>", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("\"own\"", answer.Headers.ETag?.Tag);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
    }

    private static async Task<WebApplication> StartAsync(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        // Nothing asks this account for anything.
        builder.Configuration.AddInMemoryCollection(
        [
            new("Sluice:Blob:Endpoint", "https://example.blob.core.windows.net"), new("Sluice:Blob:Containers:0", "unused"),
        ]);
        configure(builder.Services);
        builder.Services.AddSluice(builder.Configuration);
        var app = builder.Build();
        app.UseRouting();
        app.MapSluice();
        app.UseEndpoints(static _ => { });
        await app.StartAsync(Cancelled);
        return app;
    }

    private sealed class OwnPage : IUploadPage
    {
        public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } = [new("ETag", "\"own\"")];

        public Stream Open() => new MemoryStream("<!doctype html>"u8.ToArray());
    }
}
