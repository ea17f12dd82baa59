using Azure.Core;
using Sluice.AspNetCore.Relay;
using Sluice.Downstream;
using Sluice.Events.Outbox;
using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.Events.Destinations;

/// <summary>Makes what delivers to the destinations.</summary>
internal sealed class EventReceivers(EventQueues queues, EventPost post, LaterRelay relay, Func<TokenCredential> signIn)
{
    /// <summary>Of events. EventOptionsCheck has made sure that the settings name exactly one.</summary>
    public IEventReceiver Of(EventDestinationOptions options) =>
        options.Target is { Length: > 0 } target
            ? new TargetReceiver(post, new RelayPath(target, options.Path), EventSigner.From(options.Secret))
        : options.Queue is { Length: > 0 } queue ? new QueueReceiver(queues.Find(queue))
        : new EventGridReceiver(options, signIn);

    /// <summary>Of stored bodies.</summary>
    public IEventReceiver OfBodies => relay;
}
