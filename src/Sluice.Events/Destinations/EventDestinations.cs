using Azure.Core;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Relay;
using Sluice.Downstream;
using Sluice.Events.Outbox;
using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.Events.Destinations;

/// <summary>All destinations.</summary>
internal sealed class EventDestinations : IDisposable
{
    private readonly Dictionary<string, EventDestination> _all;

    public EventDestinations(
        IOptions<EventOptions> options, EventQueues queues, EventPost post, Func<TokenCredential> signIn, TimeProvider time) =>
        _all = options.Value.Destinations.ToDictionary(
            static one => one.Key,
            one => new EventDestination(one.Key, one.Value, Receiver(one.Value, queues, post, signIn), time),
            StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<EventDestination> All => _all.Values;

    /// <summary>The one with that name; null if there is none.</summary>
    public EventDestination? Find(string name) => _all.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (var one in _all.Values)
        {
            one.Dispose();
        }
    }

    // EventOptionsCheck has made sure that it is exactly one.
    private static IEventReceiver Receiver(
        EventDestinationOptions options, EventQueues queues, EventPost post, Func<TokenCredential> signIn) =>
        options.Target is { Length: > 0 } target
            ? new TargetReceiver(post, new RelayPath(target, options.Path), EventSigner.From(options.Secret))
        : options.Queue is { Length: > 0 } queue ? new QueueReceiver(queues.Find(queue))
        : new EventGridReceiver(options, signIn);
}
