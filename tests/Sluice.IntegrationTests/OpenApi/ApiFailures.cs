using Sluice.Failures;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>The failures that several operations have in common.</summary>
internal static class ApiFailures
{
    /// <summary>Of the blob service.</summary>
    public static IReadOnlyList<FailureKind> Storage { get; } =
    [
        FailureKind.StorageDenied, FailureKind.StorageRejected, FailureKind.StorageUnreachable, FailureKind.StorageThrottled,
        FailureKind.StorageStalled,
    ];

    /// <summary>Of a caller that may not send a body there, or no more today.</summary>
    public static IReadOnlyList<FailureKind> Counted { get; } = [FailureKind.RightMissing, FailureKind.QuotaExceeded];

    /// <summary>Of a body that is read to its end.</summary>
    public static IReadOnlyList<FailureKind> Body { get; } =
    [
        FailureKind.BodyTruncated, FailureKind.DigestMismatch, FailureKind.HeaderInvalid, FailureKind.ClientStalled,
        FailureKind.BodyTooLarge, FailureKind.MediaTypeRefused,
    ];

    /// <summary>Of a delivery that has to prove where it comes from.</summary>
    public static IReadOnlyList<FailureKind> Signature { get; } =
    [
        FailureKind.SignatureMissing, FailureKind.SignatureMalformed, FailureKind.SignatureStale, FailureKind.SignatureInvalid,
    ];

    /// <summary>Of an upload that code of the app or a policy service decides about. It may refuse with another status, too.</summary>
    public static IReadOnlyList<FailureKind> Policy { get; } =
    [
        FailureKind.RouteRefused, FailureKind.PolicyUnavailable, FailureKind.PolicyInvalid,
    ];

    /// <summary>Of a body that becomes a blob.</summary>
    public static IReadOnlyList<FailureKind> Store { get; } =
    [
        .. Body, .. Storage,
        FailureKind.NameInvalid, FailureKind.WriteConflict, FailureKind.PreconditionFailed, FailureKind.OverBudget,
        FailureKind.EventUnannounced,
        FailureKind.ShuttingDown, .. Policy, .. Counted,
    ];

    /// <summary>Of a body that goes to a downstream service.</summary>
    public static IReadOnlyList<FailureKind> Relay { get; } =
    [
        .. Body,
        FailureKind.PathInvalid, FailureKind.MethodRefused, FailureKind.DownstreamDenied, FailureKind.DownstreamUnreachable,
        FailureKind.DownstreamBroke, FailureKind.DownstreamAnswerTooLarge, FailureKind.DownstreamStalled, FailureKind.ShuttingDown,
        .. Policy, .. Counted,
    ];

    /// <summary>Of a resumable upload that is looked for.</summary>
    public static IReadOnlyList<FailureKind> Upload { get; } =
    [
        .. Storage, FailureKind.ResumableOff, FailureKind.UploadUnknown, FailureKind.UploadGone, FailureKind.UploadBusy,
        FailureKind.UploadTakenOver, FailureKind.TusVersionUnsupported, FailureKind.RightMissing,
    ];
}
