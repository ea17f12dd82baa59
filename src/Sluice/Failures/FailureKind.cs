namespace Sluice.Failures;

/// <summary>The closed set of expected failures. <c>docs/failures.md</c> has a row for each; the names there never change.</summary>
public enum FailureKind
{
    /// <summary>The blob name breaks Azure's rules, or is ambiguous.</summary>
    NameInvalid,

    /// <summary>The request has no key, or a key that is not configured.</summary>
    KeyInvalid,

    /// <summary>The key does not have the scope that the route requires.</summary>
    KeyScope,

    /// <summary>The caller exceeded its limit on requests or bytes (<c>Sluice:Limits</c>).</summary>
    RateLimited,

    /// <summary>There is no such route.</summary>
    RouteUnknown,

    /// <summary><c>Transfer-Encoding</c> is not exactly <c>chunked</c> (RFC 9112, section 6.1).</summary>
    TransferCodingUnsupported,

    /// <summary>A webhook delivery lacks the signature, or another header that authenticates its sender.</summary>
    SignatureMissing,

    /// <summary>The signature of a webhook can't be parsed.</summary>
    SignatureMalformed,

    /// <summary>The signed timestamp of a webhook is too old, or too far in the future.</summary>
    SignatureStale,

    /// <summary>No secret verifies the signature of a webhook.</summary>
    SignatureInvalid,

    /// <summary>The container is not one that Sluice may use (<c>Sluice:Blob:Containers</c>, <c>Sluice:Blob:Aliases</c>).</summary>
    ContainerUnknown,

    /// <summary>The path of a relayed request is ambiguous, or its target does not allow it.</summary>
    PathInvalid,

    /// <summary>There is no target of that name (<c>Sluice:Relay:Targets</c>).</summary>
    TargetUnknown,

    /// <summary>The target, or the route, does not accept this method.</summary>
    MethodRefused,

    /// <summary>No rule of <c>Sluice:Routes</c> matches the request.</summary>
    NoRoute,

    /// <summary>There is no source of webhooks of that name (<c>Sluice:Hooks:Sources</c>).</summary>
    SourceUnknown,

    /// <summary>The source of webhooks is switched off.</summary>
    SourceOff,

    /// <summary>A rule, or code of the app, refuses the request, with a status of its own.</summary>
    RouteRefused,

    /// <summary>
    /// The rule's blob name needs something that the request does not have, or that lies beyond the peek window; or no name of a webhook
    /// is free.
    /// </summary>
    NameUnavailable,

    /// <summary>The declared or the detected media type is not accepted.</summary>
    MediaTypeRefused,

    /// <summary>A request header that becomes a property of the blob can't be stored.</summary>
    HeaderInvalid,

    /// <summary>A form breaks RFC 7578, has no file, or has more parts or headers than <c>Sluice:Multipart</c> allows.</summary>
    FormInvalid,

    /// <summary>A complete file of an atomic form that is not stored because another part of the form failed.</summary>
    FormAbandoned,

    /// <summary>The body is, or would become, larger than the limit.</summary>
    BodyTooLarge,

    /// <summary><c>If-Match</c> or <c>If-None-Match</c> does not hold (RFC 9110, section 13).</summary>
    PreconditionFailed,

    /// <summary>No memory block became free in time.</summary>
    OverBudget,

    /// <summary>The body ended before its declared length, or its framing is broken.</summary>
    BodyTruncated,

    /// <summary>The body does not match a declared digest.</summary>
    DigestMismatch,

    /// <summary>The client sent nothing for longer than the idle time-out.</summary>
    ClientStalled,

    /// <summary>The client disconnected before the response was sent.</summary>
    ClientGone,

    /// <summary>Another writer of the same name, a lease or a policy prevented the commit.</summary>
    WriteConflict,

    /// <summary>The resumable upload does not exist: this service did not issue its URL.</summary>
    UploadUnknown,

    /// <summary>The resumable upload has expired, was cancelled, got more bytes than its length, or was overwritten.</summary>
    UploadGone,

    /// <summary>The resumable upload is complete and accepts no more bytes.</summary>
    UploadCompleted,

    /// <summary>The offset of the request does not match the offset of the resumable upload.</summary>
    UploadOffsetMismatch,

    /// <summary>The lengths declared for a resumable upload contradict each other or the bytes received.</summary>
    UploadLengthInconsistent,

    /// <summary>A newer request for the same resumable upload took over.</summary>
    UploadTakenOver,

    /// <summary>Another request is completing the resumable upload.</summary>
    UploadBusy,

    /// <summary>The resumable upload arrived in too many pieces.</summary>
    UploadExhausted,

    /// <summary>The client uses a version of tus other than 1.0.0.</summary>
    TusVersionUnsupported,

    /// <summary>There are no keys for resumable uploads (<c>Sluice:Resumable:Keys</c>).</summary>
    ResumableOff,

    /// <summary>The blob does not exist.</summary>
    BlobNotFound,

    /// <summary>The blob was overwritten at every attempt to read a part of it.</summary>
    ReadConflict,

    /// <summary>The requested range is outside the blob (RFC 9110, section 15.5.17).</summary>
    RangeNotSatisfiable,

    /// <summary>Storage throttled every attempt.</summary>
    StorageThrottled,

    /// <summary>Storage refused our credentials.</summary>
    StorageDenied,

    /// <summary>Storage returned an error that the client can't fix.</summary>
    StorageRejected,

    /// <summary>No connection to storage could be made.</summary>
    StorageUnreachable,

    /// <summary>Storage accepted or sent nothing for longer than the stall time-out.</summary>
    StorageStalled,

    /// <summary>No token for the downstream service could be obtained.</summary>
    DownstreamDenied,

    /// <summary>No connection to the downstream service could be made.</summary>
    DownstreamUnreachable,

    /// <summary>The downstream service disconnected before its response was complete.</summary>
    DownstreamBroke,

    /// <summary>The downstream service responded, but without the success that the rule requires.</summary>
    DownstreamRefused,

    /// <summary>The response of the downstream service is larger than its target allows.</summary>
    DownstreamAnswerTooLarge,

    /// <summary>The downstream service accepted or sent nothing for longer than its target's idle time-out.</summary>
    DownstreamStalled,

    /// <summary>This instance is shutting down: it accepts no new body, or could not wait for the end of one.</summary>
    ShuttingDown,

    /// <summary>This instance should receive no requests now; only <c>/api/health/ready</c> reports this.</summary>
    NotReady,

    /// <summary>A bug in Sluice.</summary>
    Internal,

    /// <summary>A query parameter is repeated, or has a value that is not accepted.</summary>
    QueryInvalid,

    /// <summary>The event of an upload could not be announced, so nothing was committed (<c>Sluice:Events</c>).</summary>
    EventUnannounced,

    /// <summary>The policy service (<c>Sluice:Policy</c>) could not be reached, did not answer in time, or is busy.</summary>
    PolicyUnavailable,

    /// <summary>The answer of the policy service is not a decision, or demands what it may not decide.</summary>
    PolicyInvalid,

    /// <summary>A bearer token, or the principal that the platform reports, is not valid.</summary>
    TokenInvalid,

    /// <summary>The signing keys of the issuer of tokens can't be read (<c>Sluice:Server:Tokens</c>).</summary>
    IssuerUnreachable,

    /// <summary>No right of <c>Sluice:Rights</c> allows the caller to do this.</summary>
    RightMissing,

    /// <summary>The caller has sent as many bytes today as its right allows (<c>Sluice:Rights:{index}:BytesPerDay</c>).</summary>
    QuotaExceeded,
}
