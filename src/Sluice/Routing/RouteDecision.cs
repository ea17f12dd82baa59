using Sluice.Downstream;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Routing;

/// <summary>Where a body goes.</summary>
/// <param name="Rule">The name of the rule that decided.</param>
/// <param name="Store">The blob that the body becomes, if it is stored.</param>
/// <param name="Relay">Where it is relayed to, if it is.</param>
/// <param name="Commit">Which side decides the outcome if there are both; null if there is only one.</param>
internal sealed record RouteDecision(string Rule, BlobTarget? Store, RelayPath? Relay, TeeCommit? Commit)
{
    /// <summary>Where it goes later, from its blob.</summary>
    public IReadOnlyList<RelayPath> PassOn { get; init; } = [];

    /// <summary>What storage does with the blob.</summary>
    public BlobFeatures Features { get; init; } = BlobFeatures.None;

    /// <summary>The answer to a sender that only checks whether the endpoint responds: then the body goes nowhere.</summary>
    public ChallengeReply? Challenge { get; init; }
}
