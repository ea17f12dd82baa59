using Sluice.Downstream;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Routing;

/// <summary>The destination of a body: a blob, a downstream service, or both.</summary>
/// <param name="Store">The blob, if it is stored.</param>
/// <param name="Relay">The service, if it is relayed.</param>
/// <param name="Commit">Which side decides the outcome, if the body goes to both.</param>
internal sealed record Destination(BlobTarget? Store, RelayPath? Relay = null, TeeCommit Commit = TeeCommit.Both)
{
    /// <summary>The services that get it later, from its blob.</summary>
    public IReadOnlyList<RelayPath> PassOn { get; init; } = [];

    /// <summary>What storage does with the blob, as a rule or a policy decided; it wins over what the request asks for.</summary>
    public BlobFeatures Features { get; init; } = BlobFeatures.None;

    /// <summary>The service that gets it now, and from its blob if that fails; null if there is none.</summary>
    public RelayPath? Retried => Store is not null && Commit == TeeCommit.BlobFirstWithRetries ? Relay : null;

    /// <summary>The services that get it later; the last one only if it does not take it now, if it is <see cref="Retried"/>.</summary>
    public IReadOnlyList<RelayPath> Later => Retried is { } retried ? [.. PassOn, retried] : PassOn;

    /// <summary>All services that get it, now or later.</summary>
    public IEnumerable<RelayPath> Services => Relay is { } relay ? PassOn.Prepend(relay) : PassOn;

    /// <summary>For logs: identifies the destination, without anything of a query or a header.</summary>
    public override string ToString() => (Store, Relay) switch
    {
        ({ } blob, { } path) => $"{blob} and {path}",
        ({ } blob, null) => blob.ToString(),
        _ => Relay.ToString()!,
    };
}
