namespace Sluice.AspNetCore.Answers;

/// <summary>The one mapping from failures to HTTP. <c>docs/failures.md</c> is its table for people, and a test holds the two together.</summary>
internal static class ProblemCatalog
{
    public static Problem For(FailureKind kind) => kind switch
    {
        FailureKind.NameInvalid => new(400, "name-invalid", "The blob name can't be used", false),
        FailureKind.HeaderInvalid => new(400, "header-invalid", "A header can't be used", false),
        FailureKind.BodyTruncated => new(400, "body-truncated", "The body is not whole", true),
        FailureKind.KeyInvalid => new(401, "key-invalid", "No valid key", false),
        FailureKind.ContainerUnknown => new(404, "container-unknown", "No such container here", false),
        FailureKind.BlobNotFound => new(404, "blob-not-found", "No such blob", false),
        FailureKind.ClientStalled => new(408, "client-stalled", "The body stopped coming", true),
        FailureKind.WriteConflict => new(409, "write-conflict", "Another writer was there first", true),
        FailureKind.PreconditionFailed => new(412, "precondition-failed", "The condition does not hold", false),
        FailureKind.BodyTooLarge => new(413, "body-too-large", "The body is too large", false),
        FailureKind.RangeNotSatisfiable => new(416, "range-not-satisfiable", "The range is outside of the blob", false),
        FailureKind.ClientGone => new(499, "client-gone", "The client went away", true),
        FailureKind.Internal => new(500, "internal", "A bug of Sluice", false),
        FailureKind.StorageDenied => new(502, "storage-denied", "Storage refused our credentials", false),
        FailureKind.StorageRejected => new(502, "storage-rejected", "Storage refused the request", false),
        FailureKind.StorageUnreachable => new(502, "storage-unreachable", "Storage can't be reached", true),
        FailureKind.OverBudget => new(503, "over-budget", "No memory is free for another body", true),
        FailureKind.StorageThrottled => new(503, "storage-throttled", "Storage is busy", true),
        FailureKind.StorageStalled => new(504, "storage-stalled", "Storage did not answer in time", true),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A failure without a problem is a bug."),
    };
}
