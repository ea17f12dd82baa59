using static Sluice.Failures.FailureKind;

namespace Sluice.Failures;

/// <summary>
/// All that is known of each kind of failure, one line each: HTTP, metrics and the OpenAPI document read it here, and a test holds
/// <c>docs/failures.md</c> equal.
/// </summary>
internal static class FailureTable
{
    private static readonly Dictionary<FailureKind, FailureEntry> _entries = new FailureEntry[]
    {
        Row(NameInvalid, Party.Client, 400, "name-invalid", "The blob name is not valid", retry: false),
        Row(HeaderInvalid, Party.Client, 400, "header-invalid", "A header is not valid", retry: false),
        Row(PathInvalid, Party.Client, 400, "path-invalid", "The path can't be relayed", retry: false),
        Row(QueryInvalid, Party.Client, 400, "query-invalid", "A query parameter is not valid", retry: false),
        Row(FormInvalid, Party.Client, 400, "form-invalid", "The form is not valid", retry: false),
        Row(BodyTruncated, Party.Client, 400, "body-truncated", "The body is incomplete", retry: true),
        Row(DigestMismatch, Party.Client, 400, "digest-mismatch", "The digest does not match the body", retry: true),
        Row(UploadCompleted, Party.Client, 400, "completed-upload", "The upload is already complete", retry: false),
        Row(UploadLengthInconsistent, Party.Client, 400, "inconsistent-upload-length", "The upload lengths do not match", retry: false,
            isRegistered: true),
        Row(KeyInvalid, Party.Client, 401, "key-invalid", "No valid key", retry: false),
        Row(TokenInvalid, Party.Client, 401, "token-invalid", "No valid token", retry: false),
        Row(SignatureMissing, Party.Client, 401, "signature-missing", "The signature is missing", retry: false),
        Row(SignatureMalformed, Party.Client, 401, "signature-malformed", "The signature is malformed", retry: false),
        Row(SignatureStale, Party.Client, 401, "signature-stale", "The signature is too old or from the future", retry: false),
        Row(SignatureInvalid, Party.Client, 401, "signature-invalid", "The signature does not match", retry: false),
        Row(KeyScope, Party.Client, 403, "key-scope", "The key does not have the required scope", retry: false),
        Row(RightMissing, Party.Client, 403, "right-missing", "The caller does not have the right", retry: false),
        Row(RouteRefused, Party.Client, 403, "route-refused", "A rule or a policy refused the request", retry: false),
        Row(RouteUnknown, Party.Client, 404, "route-unknown", "No such route", retry: false),
        Row(ContainerUnknown, Party.Client, 404, "container-unknown", "No such container", retry: false),
        Row(BlobNotFound, Party.Client, 404, "blob-not-found", "No such blob", retry: false),
        Row(UploadUnknown, Party.Client, 404, "upload-unknown", "No such upload", retry: false),
        Row(ResumableOff, Party.Client, 404, "resumable-off", "Resumable uploads are not enabled", retry: false),
        Row(TargetUnknown, Party.Client, 404, "target-unknown", "No such target", retry: false),
        Row(NoRoute, Party.Client, 404, "no-route", "No rule matches the request", retry: false),
        Row(SourceUnknown, Party.Client, 404, "source-unknown", "No such webhook source", retry: false),
        Row(SourceOff, Party.Client, 410, "source-off", "The webhook source is switched off", retry: false),
        Row(UploadGone, Party.Client, 410, "upload-gone", "The upload no longer exists", retry: false),
        Row(MethodRefused, Party.Client, 405, "method-refused", "Method not allowed", retry: false),
        Row(ClientStalled, Party.Client, 408, "client-stalled", "The client stopped sending", retry: true),
        Row(WriteConflict, Party.Client, 409, "write-conflict", "Another writer was first", retry: true),
        Row(UploadTakenOver, Party.Client, 409, "upload-taken-over", "A newer request took over the upload", retry: true),
        Row(UploadOffsetMismatch, Party.Client, 409, "mismatching-upload-offset", "Upload-Offset does not match", retry: false,
            isRegistered: true),
        Row(UploadBusy, Party.Client, 423, "upload-busy", "The upload is being completed", retry: true),
        Row(TusVersionUnsupported, Party.Client, 412, "tus-version-unsupported", "Unsupported version of tus", retry: false),
        Row(PreconditionFailed, Party.Client, 412, "precondition-failed", "The precondition failed", retry: false),
        Row(BodyTooLarge, Party.Client, 413, "body-too-large", "The body is too large", retry: false),
        Row(UploadExhausted, Party.Client, 413, "upload-exhausted", "The upload has too many pieces", retry: false),
        Row(MediaTypeRefused, Party.Client, 415, "media-type-refused", "Media type not accepted", retry: false),
        Row(RangeNotSatisfiable, Party.Client, 416, "range-not-satisfiable", "The range is not satisfiable", retry: false),
        Row(NameUnavailable, Party.Client, 422, "name-unavailable", "No blob name could be made", retry: false),
        Row(FormAbandoned, Party.Client, 424, "form-abandoned", "Another part of the form failed", retry: true),
        Row(QuotaExceeded, Party.Client, 429, "quota-exceeded", "Too many bytes today", retry: true),
        Row(RateLimited, Party.Client, 429, "rate-limited", "Too many requests", retry: true),
        Row(ClientGone, Party.Client, 499, "client-gone", "The client disconnected", retry: true),
        Row(Internal, Party.Sluice, 500, "internal", "Internal error", retry: false),
        Row(TransferCodingUnsupported, Party.Sluice, 501, "transfer-coding-unsupported", "Transfer coding not supported", retry: false),
        Row(StorageDenied, Party.Storage, 502, "storage-denied", "Storage refused the credentials", retry: false),
        Row(StorageRejected, Party.Storage, 502, "storage-rejected", "Storage refused the request", retry: false),
        Row(StorageUnreachable, Party.Storage, 502, "storage-unreachable", "Storage can't be reached", retry: true),
        Row(DownstreamDenied, Party.Downstream, 502, "downstream-denied", "No token for the downstream service", retry: false),
        Row(DownstreamUnreachable, Party.Downstream, 502, "downstream-unreachable", "The downstream service can't be reached", retry: true),
        Row(DownstreamBroke, Party.Downstream, 502, "downstream-broke", "The connection to the downstream service broke", retry: true),
        Row(DownstreamRefused, Party.Downstream, 502, "downstream-refused", "The downstream service refused the body", retry: true),
        Row(DownstreamAnswerTooLarge, Party.Downstream, 502, "downstream-answer-too-large",
            "The downstream service's response is too large", retry: false),
        Row(ReadConflict, Party.Sluice, 503, "read-conflict", "The blob keeps changing", retry: true),
        Row(IssuerUnreachable, Party.Downstream, 503, "issuer-unreachable", "The issuer of tokens can't be reached", retry: true),
        Row(OverBudget, Party.Sluice, 503, "over-budget", "No memory is free for another body", retry: true),
        Row(PolicyUnavailable, Party.Downstream, 502, "policy-unavailable", "The policy service can't be asked", retry: true),
        Row(PolicyInvalid, Party.Downstream, 502, "policy-invalid", "The policy service's answer is not valid", retry: false),
        Row(ShuttingDown, Party.Sluice, 503, "shutting-down", "This instance is shutting down", retry: true),
        Row(NotReady, Party.Sluice, 503, "not-ready", "This instance is not ready", retry: true),
        Row(StorageThrottled, Party.Storage, 503, "storage-throttled", "Storage is busy", retry: true),
        Row(EventUnannounced, Party.Storage, 503, "event-unannounced", "The event of the upload could not be announced", retry: true),
        Row(StorageStalled, Party.Storage, 504, "storage-stalled", "Storage did not answer in time", retry: true),
        Row(DownstreamStalled, Party.Downstream, 504, "downstream-stalled", "The downstream service did not answer in time", retry: true),
    }.ToDictionary(static entry => entry.Kind);

    /// <summary>What is known of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind has no line: a bug, which a test finds.</exception>
    public static FailureEntry Of(FailureKind kind) => _entries.TryGetValue(kind, out var entry)
        ? entry
        : throw new ArgumentOutOfRangeException(nameof(kind), kind, "A failure without a line in the table is a bug.");

    private static FailureEntry Row(
        FailureKind kind, Party party, int status, string code, string title, bool retry, bool isRegistered = false) =>
        new(kind, party, status, code, title, retry) { IsRegistered = isRegistered };
}
