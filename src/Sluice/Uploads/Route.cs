using Sluice.Failures;
using Sluice.Routing;
using Sluice.Settings;

namespace Sluice.Uploads;

/// <summary>What the steps 1 to 3 of an upload decided.</summary>
/// <param name="Upload">The upload and its destination; null if its sender only checks whether the endpoint is alive.</param>
/// <param name="Challenge">The response to such a sender; null for an upload.</param>
/// <param name="IsAdmitted">Whether the destination has been checked, before the first byte.</param>
internal readonly record struct Route(RoutedUpload? Upload, ChallengeReply? Challenge, bool IsAdmitted)
{
    /// <summary>An upload to a destination that the request named.</summary>
    public static Route To(RoutedUpload upload) => new(upload, null, IsAdmitted: true);

    /// <summary>What the router decided on the first bytes.</summary>
    public static Result<Route> Choose(UploadContext context, PeekedUpload seen, Admission admission)
    {
        var upload = context.Upload;
        if (!seen.Decision.TryGet(out var decision, out var refused))
        {
            return refused;
        }

        context.Rule = decision.Rule;
        if (decision.Challenge is { } challenge)
        {
            return new Route(null, challenge, IsAdmitted: true);
        }

        var destination = new Destination(decision.Store, decision.Relay, decision.Commit ?? TeeCommit.Both)
        {
            Features = decision.Features,
            PassOn = decision.PassOn,
        };
        context.Destination = destination;
        if (admission.Grant(context, destination) is { } forbidden)
        {
            return forbidden;
        }

        var deduplication = upload.IsDeduplicated && decision.Store is { } name
            ? admission.Once(name, seen.HeadSha256, seen.Result.Complete, upload.Length)
            : null;
        var routed = new RoutedUpload(upload.Body, destination) { Peek = seen.Result, Whole = seen.Whole, Deduplication = deduplication };
        return new Route(routed, null, IsAdmitted: false);
    }

    /// <summary>What the app's own code decides on an upload whose destination is known.</summary>
    public static async ValueTask<Result<Route>> DecideAsync(
        UploadContext context, IUploadGate gate, RoutedUpload routed, PeekedUpload seen, Admission admission,
        CancellationToken cancellationToken)
    {
        var decided = await gate.DecideAsync(context.Upload, routed.Destination, context.Rule, seen, cancellationToken);
        if (!decided.TryGet(out var upload, out var refused))
        {
            return refused;
        }

        context.Decide(upload);
        var destination = upload.Destination!;
        if (destination != routed.Destination && admission.Grant(context, destination) is { } forbidden)
        {
            return forbidden;
        }

        var deduplication = destination.Store is { } name ? routed.Deduplication?.At(name) : null;
        return new Route(routed with { Destination = destination, Deduplication = deduplication }, null, IsAdmitted: false);
    }
}
