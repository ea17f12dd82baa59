using System.Text;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore;
using Sluice.Ed25519;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>Sluice with the sources of docs/webhooks.md, in the process of the tests: for it the time is that of the examples.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly BlobContainerClient _container;

    private WebhookServer(WebApplication app, BlobContainerClient container)
    {
        (_app, _container) = (app, container);
        _client = ServerClient.Create(new Uri(app.Urls.Single()));
    }

    /// <summary>Starts one that stores into a new container, whatever the page calls it.</summary>
    public static async Task<WebhookServer> StartAsync(AzuriteFixture azurite)
    {
        var container = await azurite.NewContainerAsync();
        var settings = WebhooksPage.Settings
            .Select(setting => KeyValuePair.Create<string, string?>(
                setting.Key, setting.Key.EndsWith(":Store:Container", StringComparison.Ordinal) ? container.Name : setting.Value))
            .Append(new("Sluice:Blob:ConnectionString", azurite.ConnectionString))
            .Append(new("Sluice:Blob:Containers:0", container.Name));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(new FixedClock(WebhooksPage.SignedAt));
        builder.Services.AddSluice(builder.Configuration);
        builder.Services.AddSluiceEd25519();
        var app = builder.Build();
        app.MapSluice();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WebhookServer(app, container);
    }

    public async Task<HttpResponseMessage> SendAsync(WebhookExample example)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(example.Verb), example.Path);
        if (example.Body.Length > 0)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(example.Body));
        foreach (var (name, value) in example.Headers)
            Assert.True(
                request.Headers.TryAddWithoutValidation(name, value)
                    || request.Content?.Headers.TryAddWithoutValidation(name, value) == true, $"No place for {name}.");
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Whether there is a blob of this name, whatever container the page calls it in.</summary>
    public async Task<bool> IsStoredAsync(string blob) =>
        await _container.GetBlobClient(blob[(blob.IndexOf('/', StringComparison.Ordinal) + 1)..])
            .ExistsAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
