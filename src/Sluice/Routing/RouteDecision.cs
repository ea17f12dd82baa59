using Sluice.Downstream;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Routing;

/// <summary>Where a body goes.</summary>
/// <param name="Rule">The name of the rule that decided.</param>
/// <param name="Store">The blob that it becomes, if it becomes one.</param>
/// <param name="Relay">Where it is relayed to, if it is.</param>
/// <param name="Commit">Which side decides where there are both; null where there is one.</param>
internal sealed record RouteDecision(string Rule, BlobTarget? Store, RelayPath? Relay, TeeCommit? Commit)
{
    /// <summary>What the sender gets back who only asked whether somebody is here: then the body goes nowhere.</summary>
    public string? Challenge { get; init; }
}
