using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Relay;
using Sluice.Downstream;
using Sluice.Settings;

namespace Sluice.Events.Destinations;

/// <summary>All destinations: those of events by their names, and those of stored bodies by <c>relay:TARGET</c>.</summary>
internal sealed class EventDestinations(
    IOptions<EventOptions> options, EventReceivers receivers, RelayClients targets, TimeProvider time) : IDisposable
{
    private const string Relay = "relay:";

    private readonly Dictionary<string, EventDestination> _all = options.Value.Destinations.ToDictionary(
        static one => one.Key,
        one => new EventDestination(one.Key, one.Value, receivers.Of(one.Value), time),
        StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, EventDestination> _relays = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those that get events.</summary>
    public IReadOnlyCollection<EventDestination> All => _all.Values;

    /// <summary>The destination that a target is, for stored bodies.</summary>
    public static string NameOf(RelayPath path) => Relay + path.Target;

    /// <summary>Whether a name is that of a target, for stored bodies.</summary>
    public static bool IsRelay(string name) => name.StartsWith(Relay, StringComparison.OrdinalIgnoreCase);

    /// <summary>The one with that name; null if there is none.</summary>
    public EventDestination? Find(string name) =>
        !IsRelay(name) ? _all.GetValueOrDefault(name)
        : targets.Find(name[Relay.Length..]) is null ? null
        : _relays.GetOrAdd(name, key => new EventDestination(key, new EventDestinationOptions(), receivers.OfBodies, time));

    public void Dispose()
    {
        foreach (var one in _all.Values.Concat(_relays.Values))
        {
            one.Dispose();
        }
    }
}
