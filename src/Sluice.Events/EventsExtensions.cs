using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.WarmUp;
using Sluice.Events.Delivery;
using Sluice.Events.Destinations;
using Sluice.Events.Outbox;
using Sluice.Events.Replay;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.Events;

/// <summary>Adds the events of stored bodies to a host.</summary>
public static class EventsExtensions
{
    /// <summary>
    /// Announces every stored body to the destinations in <c>Sluice:Events:Destinations</c>, at least once each. Without a destination it
    /// does nothing. Call it before or after <c>AddSluice</c>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="reads">
    /// Whether this host reads the outbox itself. False where something else does: a queue-triggered function
    /// (<c>Sluice.AzureFunctions.Events</c>). The default is true.
    /// </param>
    public static IServiceCollection AddSluiceEvents(this IServiceCollection services, bool reads = true)
    {
        services.TryAddSingleton(static provider => new EventQueues(
            provider.GetRequiredService<IOptions<EventOptions>>(), provider.GetRequiredService<IOptions<BlobOptions>>(),
            provider.GetService<EventAccount>(),
            account => AccountSignIn.CredentialOf(account) ?? provider.GetRequiredService<TokenCredential>()));
        services.TryAddSingleton<EventMaker>();
        services.TryAddSingleton<OutboxWriter>();
        services.TryAddSingleton<Settlements>();
        services.TryAddSingleton<ICommitAnnouncer>(static provider => new QueueAnnouncer(
            provider.GetRequiredService<IOptions<EventOptions>>(), provider.GetRequiredService<OutboxWriter>,
            provider.GetRequiredService<Settlements>(), provider.GetRequiredService<ILogger<QueueAnnouncer>>()));
        services.TryAddSingleton<IUploadListener>(static provider => new UploadEvents(
            provider.GetRequiredService<IOptions<EventOptions>>(), provider.GetRequiredService<OutboxWriter>,
            provider.GetRequiredService<Settlements>(), provider.GetRequiredService<ILogger<UploadEvents>>()));
        services.TryAddSingleton<OutboxUse>();
        services.TryAddSingleton<LaterRelay>();
        services.TryAddSingleton(static provider => new EventReceivers(
            provider.GetRequiredService<EventQueues>(), provider.GetRequiredService<EventPost>(), provider.GetRequiredService<LaterRelay>(),
            provider.GetRequiredService<TokenCredential>));
        services.TryAddSingleton<EventDestinations>();
        services.TryAddSingleton<DestinationSwitches>();
        services.TryAddSingleton<DeadLetters>();
        services.TryAddSingleton<RetrySchedule>();
        services.TryAddSingleton<Deliveries>();
        services.TryAddSingleton<LookAgain>();
        services.TryAddSingleton<AnnouncementLook>();
        services.TryAddSingleton<ExpiryLook>();
        services.TryAddSingleton<OutboxHandler>();
        services.TryAddSingleton(static provider => new EventOutbox(provider.GetRequiredService<OutboxHandler>()));
        services.TryAddSingleton<DeadLetterReplay>();
        services.TryAddSingleton<BlobReplay>();
        services.TryAddSingleton<EventReplay>();
        services.TryAddSingleton<IEventReplay>(static provider =>
            provider.GetRequiredService<OutboxUse>().IsOn ? provider.GetRequiredService<EventReplay>() : new NoReplay());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWarmUpPreparation, EventsPreparation>());
        if (reads)
        {
            services.AddHostedService(static provider => new OutboxPump(
                provider.GetRequiredService<OutboxUse>(), provider.GetRequiredService<EventQueues>,
                provider.GetRequiredService<OutboxHandler>, provider.GetRequiredService<Settlements>(),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OutboxPump>>()));
        }

        return services;
    }
}
