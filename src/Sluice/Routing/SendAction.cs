using Sluice.Downstream;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Routing.Evidence;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Routing;

/// <summary>Sends the body to a blob, to a downstream service, or to both.</summary>
internal sealed class SendAction(MediaTypePolicy? mediaTypes, StoreRoute? store, RelayRoute? relay, TeeCommit? commit, IReadOnlyList<RelayRoute> passOn)
    : RouteAction
{
    public override Result<RouteDecision> Decide(string rule, RouteEvidence evidence)
    {
        var request = evidence.Request;
        if (mediaTypes?.Check(request.DeclaredType, evidence.Sniffed, request.Header("Content-Encoding")) is { } failure)
        {
            return failure;
        }

        BlobTarget? blob = null;
        if (store is not null)
        {
            if (!store.Resolve(evidence).TryGet(out var target, out failure))
            {
                return failure;
            }

            blob = target;
        }

        RelayPath? downstream = null;
        if (relay is not null)
        {
            if (!relay.Resolve(evidence).TryGet(out var path, out failure))
            {
                return failure;
            }

            downstream = path;
        }

        var later = new List<RelayPath>(passOn.Count);
        foreach (var route in passOn)
        {
            if (!route.Resolve(evidence).TryGet(out var path, out failure))
            {
                return failure;
            }

            later.Add(path);
        }

        return new RouteDecision(rule, blob, downstream, commit) { Features = store?.Features(evidence) ?? BlobFeatures.None, PassOn = later.Count == 0 ? (IReadOnlyList<RelayPath>)[] : later };
    }
}
