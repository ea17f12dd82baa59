using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Webhooks;

namespace Sluice.IntegrationTests.Library;

/// <summary>
/// An ASP.NET Core app with all routes of Sluice, and a policy of its own: each test says what is decided about its requests.
/// </summary>
public sealed class PolicyApp(AzuriteFixture azurite) : LibraryApp
{
    /// <summary>The largest body.</summary>
    public const int MaxBytes = 2_000_000;

    private const string Key = "X-Policy";

    private readonly ConcurrentDictionary<string, Func<IncomingUpload, CancellationToken, ValueTask<UploadDecision>>> _policies = new();

    /// <summary>The container that requests name.</summary>
    public BlobContainerClient Container { get; private set; } = null!;

    /// <summary>Another one that is configured.</summary>
    public BlobContainerClient Other { get; private set; } = null!;

    protected override async Task<IReadOnlyDictionary<string, string?>> SettingsAsync()
    {
        (Container, Other) = (await azurite.NewContainerAsync(), await azurite.NewContainerAsync());
        return new Dictionary<string, string?>
        {
            ["Sluice:Blob:ConnectionString"] = azurite.ConnectionString,
            ["Sluice:Blob:Containers:0"] = Container.Name,
            ["Sluice:Blob:Containers:1"] = Other.Name,
            ["Sluice:Blob:BlockBytes"] = "65536",
            ["Sluice:Body:MaxBytes"] = $"{MaxBytes}",
            ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
            ["Sluice:Resumable:Name"] = "{filename}",
            ["Sluice:Hooks:Sources:github:Scheme"] = "github",
            ["Sluice:Hooks:Sources:github:Secrets:0"] = HookServer.Secret,
            ["Sluice:Hooks:Sources:github:Store:Container"] = Container.Name,
            ["Sluice:Routes:0:Name"] = "everything",
            ["Sluice:Routes:0:Store:Container"] = Container.Name,
        };
    }

    protected override void Add(IServiceCollection services) => services.AddSingleton(_policies).AddScoped<IUploadPolicy, Policy>();

    protected override void Map(WebApplication app)
    {
        app.MapSluice();
        app.MapPut("/own/{name}", (HttpRequest request, string name, SluiceUploads uploads) =>
            uploads.StoreAsync(request, Container.Name, name));
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
