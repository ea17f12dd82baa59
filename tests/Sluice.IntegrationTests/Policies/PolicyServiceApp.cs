using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Library;

namespace Sluice.IntegrationTests.Policies;

/// <summary>An app with all routes of Sluice, a policy service, and a policy of its own in code.</summary>
public sealed class PolicyServiceApp(AzuriteFixture azurite) : LibraryApp
{
    /// <summary>The largest body.</summary>
    public const int MaxBytes = 100_000_000;

    /// <summary>What the app's own code does with an upload: "refuse", or the prefix of its name.</summary>
    public const string Code = "X-Code";

    /// <summary>The container that requests name.</summary>
    public BlobContainerClient Container { get; private set; } = null!;

    /// <summary>Another one that is configured.</summary>
    public BlobContainerClient Other { get; private set; } = null!;

    /// <summary>Settings that win over those of the app.</summary>
    public IReadOnlyDictionary<string, string?> More { get; init; } = new Dictionary<string, string?>();

    internal PolicyDesk Desk { get; } = new();

    internal ShiftedClock Clock { get; } = new();

    protected override async Task<IReadOnlyDictionary<string, string?>> SettingsAsync()
    {
        (Container, Other) = (await azurite.NewContainerAsync(), await azurite.NewContainerAsync());
        var settings = new Dictionary<string, string?>
        {
            ["Sluice:Blob:ConnectionString"] = azurite.ConnectionString,
            ["Sluice:Blob:Containers:0"] = Container.Name,
            ["Sluice:Blob:Containers:1"] = Other.Name,
            ["Sluice:Body:MaxBytes"] = $"{MaxBytes}",
            ["Sluice:Policy:Target"] = "service",
            ["Sluice:Policy:Path"] = Service.At(Desk.RunAsync),
            ["Sluice:Policy:Secret"] = PolicyDesk.Secret,
            ["Sluice:Policy:Headers:0"] = PolicyDesk.Mark,
            ["Sluice:Policy:Headers:1"] = "X-Tenant",
            ["Sluice:Policy:FirstBytes"] = "16",
            // Longer than a busy machine needs.
            ["Sluice:Policy:Timeout"] = "00:01:00",
            ["Sluice:Relay:Targets:service:AddHeaders:X-Api-Key"] = "the key",
        };
        foreach (var (key, value) in More)
            settings[key] = value;
        return settings;
    }

    protected override void Add(IServiceCollection services) =>
        services.AddSingleton<TimeProvider>(Clock).AddSingleton<IUploadPolicy, OwnCode>();

    protected override void Map(WebApplication app) => app.MapSluice();

    /// <summary>Stores a body, which the service is asked about.</summary>
    internal async Task<HttpResponseMessage> PutAsync(
        string name, HttpContent content, (string, string) mark, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/blobs/{Container.Name}/{name}") { Content = content };
        foreach (var (header, value) in headers.Append(mark))
        {
            if (!request.Headers.TryAddWithoutValidation(header, value))
                content.Headers.TryAddWithoutValidation(header, value);
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private sealed class OwnCode : IUploadPolicy
    {
        public ValueTask<UploadDecision> DecideAsync(IncomingUpload upload, CancellationToken cancellationToken) =>
            ValueTask.FromResult($"{upload.Request.Headers[Code]}" switch
            {
                "" => UploadDecision.Accept,
                "refuse" => UploadDecision.Refuse("The code refuses."),
                var prefix => new UploadDecision { Name = $"{prefix}/{upload.Name}" },
            });
    }
}
