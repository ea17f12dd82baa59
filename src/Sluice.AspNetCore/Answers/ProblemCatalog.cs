namespace Sluice.AspNetCore.Answers;

/// <summary>The one mapping from failures to HTTP. <c>docs/failures.md</c> is its table for people, and a test holds the two together.</summary>
internal static class ProblemCatalog
{
    public static Problem For(FailureKind kind) => kind switch
    {
        FailureKind.NameInvalid => new(400, "name-invalid", "The blob name can't be used", false),
        FailureKind.HeaderInvalid => new(400, "header-invalid", "A header can't be used", false),
        FailureKind.PathInvalid => new(400, "path-invalid", "The path can't be relayed", false),
        FailureKind.BodyTruncated => new(400, "body-truncated", "The body is not whole", true),
        FailureKind.KeyInvalid => new(401, "key-invalid", "No valid key", false),
        FailureKind.SignatureMissing => new(401, "signature-missing", "The delivery is not signed", false),
        FailureKind.SignatureMalformed => new(401, "signature-malformed", "The signature can't be read", false),
        FailureKind.SignatureStale => new(401, "signature-stale", "The signature is not of now", false),
        FailureKind.SignatureInvalid => new(401, "signature-invalid", "The signature does not verify", false),
        FailureKind.RouteRefused => new(403, "route-refused", "A rule refuses the request", false),
        FailureKind.ContainerUnknown => new(404, "container-unknown", "No such container here", false),
        FailureKind.BlobNotFound => new(404, "blob-not-found", "No such blob", false),
        FailureKind.TargetUnknown => new(404, "target-unknown", "No such target here", false),
        FailureKind.NoRoute => new(404, "no-route", "No rule takes the request", false),
        FailureKind.MethodRefused => new(405, "method-refused", "The target does not take this method", false),
        FailureKind.ClientStalled => new(408, "client-stalled", "The body stopped coming", true),
        FailureKind.WriteConflict => new(409, "write-conflict", "Another writer was there first", true),
        FailureKind.PreconditionFailed => new(412, "precondition-failed", "The condition does not hold", false),
        FailureKind.BodyTooLarge => new(413, "body-too-large", "The body is too large", false),
        FailureKind.MediaTypeRefused => new(415, "media-type-refused", "Such bodies are not taken here", false),
        FailureKind.RangeNotSatisfiable => new(416, "range-not-satisfiable", "The range is outside of the blob", false),
        FailureKind.NameUnavailable => new(422, "name-unavailable", "The blob name can't be made", false),
        FailureKind.ClientGone => new(499, "client-gone", "The client went away", true),
        FailureKind.Internal => new(500, "internal", "A bug of Sluice", false),
        FailureKind.StorageDenied => new(502, "storage-denied", "Storage refused our credentials", false),
        FailureKind.StorageRejected => new(502, "storage-rejected", "Storage refused the request", false),
        FailureKind.StorageUnreachable => new(502, "storage-unreachable", "Storage can't be reached", true),
        FailureKind.DownstreamDenied => new(502, "downstream-denied", "No token for the downstream service", false),
        FailureKind.DownstreamUnreachable => new(502, "downstream-unreachable", "The downstream service can't be reached", true),
        FailureKind.DownstreamBroke => new(502, "downstream-broke", "The downstream service went away", true),
        FailureKind.DownstreamRefused => new(502, "downstream-refused", "The downstream service did not take the body", true),
        FailureKind.DownstreamAnswerTooLarge => new(502, "downstream-answer-too-large", "The downstream service's answer is too large", false),
        FailureKind.OverBudget => new(503, "over-budget", "No memory is free for another body", true),
        FailureKind.ShuttingDown => new(503, "shutting-down", "This instance is shutting down", true),
        FailureKind.NotReady => new(503, "not-ready", "This instance is not ready", true),
        FailureKind.StorageThrottled => new(503, "storage-throttled", "Storage is busy", true),
        FailureKind.StorageStalled => new(504, "storage-stalled", "Storage did not answer in time", true),
        FailureKind.DownstreamStalled => new(504, "downstream-stalled", "The downstream service did not answer in time", true),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A failure without a problem is a bug."),
    };
}
