namespace Sluice.Failures;

/// <summary>An expected failure: what happened, when, and whose doing it is.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Phase">The stage of the upload in which it happened.</param>
/// <param name="Detail">One sentence for the person who has to act. No secrets, no header values.</param>
public sealed record Failure(FailureKind Kind, Phase Phase, string Detail)
{
    /// <summary>Whose doing it is.</summary>
    public Party Party => Kind switch
    {
        FailureKind.OverBudget or FailureKind.ReadConflict or FailureKind.ShuttingDown or FailureKind.NotReady or FailureKind.TransferCodingUnsupported or FailureKind.Internal => Party.Sluice,
        FailureKind.StorageThrottled or FailureKind.StorageDenied or FailureKind.StorageRejected
            or FailureKind.StorageUnreachable or FailureKind.StorageStalled => Party.Storage,
        FailureKind.DownstreamDenied or FailureKind.DownstreamUnreachable or FailureKind.DownstreamBroke or FailureKind.DownstreamRefused
            or FailureKind.DownstreamAnswerTooLarge or FailureKind.DownstreamStalled => Party.Downstream,
        _ => Party.Client,
    };

    /// <summary>The limit that was exceeded, in bytes, where there is one.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>When a retry makes sense, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Storage's own error code (for instance <c>AuthorizationPermissionMismatch</c>), where it gave one.</summary>
    public string? StorageErrorCode { get; init; }

    /// <summary>
    /// Whether storage has not done what it was asked for, and will not: it said so itself, or it was never asked. Of answers that are lost, or are somebody else's, nobody
    /// knows.
    /// </summary>
    internal bool IsRefusal { get; init; }

    /// <summary>What was declared and what was found, for <see cref="FailureKind.DigestMismatch"/>.</summary>
    public DifferentDigests? Digests { get; init; }

    /// <summary>Both offsets, for <see cref="FailureKind.UploadOffsetMismatch"/>.</summary>
    public DifferentOffsets? Offsets { get; init; }

    /// <summary>The status it is told with instead of the kind's own: a rule's (<see cref="FailureKind.RouteRefused"/>), or a protocol's.</summary>
    public int? Status { get; init; }

    /// <summary>The status that the downstream service answered with, where it answered.</summary>
    public int? DownstreamStatus { get; init; }

    /// <summary>How to prove who one is (RFC 9110, section 11.6.1), where the kind does not say it.</summary>
    public string? Challenge { get; init; }

    /// <summary>The methods that would do (RFC 9110, section 10.2.1), for <see cref="FailureKind.MethodRefused"/>.</summary>
    public IReadOnlyList<string>? Allow { get; init; }
}
