namespace Sluice.Failures;

/// <summary>An expected failure: what happened, when, and which party caused it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Phase">The stage of the upload in which it happened.</param>
/// <param name="Detail">One sentence for the person who has to act. No secrets, no header values.</param>
public sealed record Failure(FailureKind Kind, Phase Phase, string Detail)
{
    /// <summary>The party that caused it.</summary>
    public Party Party => FailureTable.Of(Kind).Party;

    /// <summary>The limit that was exceeded, in bytes, if there is one.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>When a retry makes sense, if known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Storage's own error code (for instance <c>AuthorizationPermissionMismatch</c>), if it returned one.</summary>
    public string? StorageErrorCode { get; init; }

    /// <summary>
    /// Whether storage certainly has not done, and will not do, what was requested: it said so itself, or the request was never sent. If a
    /// response is lost or comes from somebody else, the outcome is unknown.
    /// </summary>
    internal bool IsRefusal { get; init; }

    /// <summary>What was declared and what was found, for <see cref="FailureKind.DigestMismatch"/>.</summary>
    public DifferentDigests? Digests { get; init; }

    /// <summary>Both offsets, for <see cref="FailureKind.UploadOffsetMismatch"/>.</summary>
    public DifferentOffsets? Offsets { get; init; }

    /// <summary>Whether the resumable upload is complete, for <see cref="FailureKind.UploadOffsetMismatch"/>.</summary>
    internal bool IsOfCompleteUpload { get; init; }

    /// <summary>
    /// The status to respond with instead of the kind's own: that of a rule or of the app's own code
    /// (<see cref="FailureKind.RouteRefused"/>), or of a protocol.
    /// </summary>
    public int? Status { get; init; }

    /// <summary>The status of the downstream service's response, if it responded.</summary>
    public int? DownstreamStatus { get; init; }

    /// <summary>The authentication challenge (RFC 9110, section 11.6.1), if the kind does not determine it.</summary>
    public string? Challenge { get; init; }

    /// <summary>The allowed methods (RFC 9110, section 10.2.1), for <see cref="FailureKind.MethodRefused"/>.</summary>
    public IReadOnlyList<string>? Allow { get; init; }
}
