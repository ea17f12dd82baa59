using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Webhooks;

namespace Sluice.IntegrationTests.Library;

/// <summary>
/// An ASP.NET Core app with all routes of Sluice, and a policy of its own: each test says what is decided about its requests.
/// </summary>
public sealed class PolicyApp(AzuriteFixture azurite) : IAsyncLifetime
{
    /// <summary>The largest body.</summary>
    public const int MaxBytes = 2_000_000;

    private const string Key = "X-Policy";

    private readonly ConcurrentDictionary<string, Func<IncomingUpload, CancellationToken, ValueTask<UploadDecision>>> _policies = new();
    private WebApplication? _app;
    private ScriptedService? _service;

    /// <summary>The container that requests name.</summary>
    public BlobContainerClient Container { get; private set; } = null!;

    /// <summary>Another one that is configured.</summary>
    public BlobContainerClient Other { get; private set; } = null!;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false });

    internal ScriptedService Service => _service!;

    public async ValueTask InitializeAsync()
    {
        (Container, Other) = (await azurite.NewContainerAsync(), await azurite.NewContainerAsync());
        _service = await ScriptedService.StartAsync();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sluice:Blob:ConnectionString"] = azurite.ConnectionString,
            ["Sluice:Blob:Containers:0"] = Container.Name,
            ["Sluice:Blob:Containers:1"] = Other.Name,
            ["Sluice:Blob:BlockBytes"] = "65536",
            ["Sluice:Body:MaxBytes"] = $"{MaxBytes}",
            ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
            ["Sluice:Resumable:Name"] = "{filename}",
            ["Sluice:Relay:Targets:service:Address"] = $"{_service.Address()}",
            ["Sluice:Hooks:Sources:github:Scheme"] = "github",
            ["Sluice:Hooks:Sources:github:Secrets:0"] = HookServer.Secret,
            ["Sluice:Hooks:Sources:github:Store:Container"] = Container.Name,
            ["Sluice:Routes:0:Name"] = "everything",
            ["Sluice:Routes:0:Store:Container"] = Container.Name,
        });
        builder.Services.AddSluice(builder.Configuration);
        builder.Services.AddSingleton(_policies);
        builder.Services.AddScoped<IUploadPolicy, Policy>();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapSluice();
        _app.MapPut("/own/{name}", (HttpRequest request, string name, SluiceUploads uploads) =>
            uploads.StoreAsync(request, Container.Name, name));
        _app.UseEndpoints(static _ => { });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new Uri(_app.Urls.First());
    }

    /// <summary>Sends a request, about whose uploads a test decides.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, Func<IncomingUpload, UploadDecision> decide,
        params (string Name, string Value)[] headers) =>
        await SendAsync(
            method, path, content, (upload, _) => ValueTask.FromResult(decide(upload)), TestContext.Current.CancellationToken, headers);

    /// <summary>Sends a request, about whose uploads a test decides, in its own time.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, Func<IncomingUpload, CancellationToken, ValueTask<UploadDecision>> decide,
        CancellationToken cancellationToken, params (string Name, string Value)[] headers)
    {
        var key = $"{Guid.NewGuid():N}";
        _policies[key] = decide;
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add(Key, key);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        if (_service is not null)
            await _service.DisposeAsync();
    }

    // One for each request, as a policy with a database has to be.
    private sealed class Policy(
        ConcurrentDictionary<string, Func<IncomingUpload, CancellationToken, ValueTask<UploadDecision>>> policies) : IUploadPolicy
    {
        public ValueTask<UploadDecision> DecideAsync(IncomingUpload upload, CancellationToken cancellationToken) =>
            policies.TryGetValue($"{upload.Request.Headers[Key]}", out var decide)
                ? decide(upload, cancellationToken)
                : ValueTask.FromResult(UploadDecision.Accept);
    }
}
