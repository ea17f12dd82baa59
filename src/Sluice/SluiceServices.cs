using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Lifetime;
using Sluice.Memory;
using Sluice.Resumable;
using Sluice.Rights;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;
using Sluice.Webhooks;

namespace Sluice;

/// <summary>Registers the engine.</summary>
internal static class SluiceServices
{
    public static IServiceCollection AddSluiceEngine(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenCredential>(static _ => new DefaultAzureCredential());
        services.TryAddSingleton<SluiceMetrics>();
        services.TryAddSingleton(provider => new BlobClients(
            provider.GetRequiredService<IOptions<BlobOptions>>(),
            account => AccountSignIn.CredentialOf(account) ?? provider.GetRequiredService<TokenCredential>(),
            provider.GetRequiredService<SluiceMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new BlockPool(
            provider.GetRequiredService<IOptions<MemoryOptions>>().Value.BudgetBytes, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SluiceMetrics>()));
        services.TryAddSingleton<BlobReader>();
        services.TryAddSingleton<BlobDeletion>();
        services.TryAddSingleton<BlobListing>();
        services.TryAddSingleton<BlobUploads>();
        services.TryAddSingleton<IBlobUploads>(static provider => provider.GetRequiredService<BlobUploads>());
        services.TryAddSingleton(provider => RouteTable.Compile(
            provider.GetRequiredService<IOptions<List<RouteOptions>>>().Value,
            provider.GetRequiredService<IOptions<BlobOptions>>().Value.Names,
            [.. provider.GetRequiredService<IOptions<RelayOptions>>().Value.Targets.Keys],
            []));
        services.TryAddSingleton<Shutdown>();
        services.TryAddSingleton(provider => WebhookTable.Compile(
            provider.GetRequiredService<IOptions<WebhookOptions>>().Value,
            provider.GetRequiredService<IOptions<BlobOptions>>().Value.Names,
            [.. provider.GetRequiredService<IOptions<RelayOptions>>().Value.Targets.Keys],
            provider.GetService<IEd25519>(),
            []));
        services.TryAddSingleton(provider => RightsTable.Compile(
            provider.GetRequiredService<IOptions<List<RightOptions>>>().Value,
            provider.GetRequiredService<IOptions<BlobOptions>>().Value,
            [.. provider.GetRequiredService<IOptions<RelayOptions>>().Value.Targets.Keys],
            []));
        services.TryAddSingleton<Quotas>();
        services.TryAddSingleton<Admission>();
        services.TryAddSingleton<BodyWatches>();
        services.TryAddSingleton(typeof(UploadFrames<>));
        services.TryAddSingleton<UploadTransfer>();
        services.TryAddSingleton<UploadPipeline>();
        services.TryAddSingleton<ChainStore>();
        services.TryAddSingleton<ActiveAppends>();
        services.TryAddSingleton<Appender>();
        services.TryAddSingleton<PartStore>();
        services.TryAddSingleton<Concatenation>();
        services.TryAddSingleton<UploadOpener>();
        services.TryAddSingleton<UploadCompletion>();
        services.TryAddSingleton<MisplacedAppends>();
        services.TryAddSingleton<ResumableUploads>();
        return services;
    }
}
