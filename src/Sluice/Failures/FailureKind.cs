namespace Sluice.Failures;

/// <summary>The closed set of expected failures. <c>docs/failures.md</c> has a row for each; the names there never change.</summary>
public enum FailureKind
{
    /// <summary>The blob name breaks Azure's rules, or could be read in two ways.</summary>
    NameInvalid,

    /// <summary>The key that came with the request, if any, is not one of ours.</summary>
    KeyInvalid,

    /// <summary>The key that came with the request does not have the scope that the route requires.</summary>
    KeyScope,

    /// <summary>The caller asks for more than one caller may (<c>Sluice:Limits</c>).</summary>
    RateLimited,

    /// <summary>There is no such route.</summary>
    RouteUnknown,

    /// <summary><c>Transfer-Encoding</c> is not <c>chunked</c> alone (RFC 9112, section 6.1).</summary>
    TransferCodingUnsupported,

    /// <summary>A delivery of a webhook came without the signature, or another header that proves where it comes from.</summary>
    SignatureMissing,

    /// <summary>The signature of a webhook can't be read.</summary>
    SignatureMalformed,

    /// <summary>A webhook was signed too long ago, or for a time that is too far ahead.</summary>
    SignatureStale,

    /// <summary>No secret verifies the signature of a webhook.</summary>
    SignatureInvalid,

    /// <summary>The container is not one that Sluice may use (<c>Sluice:Blob:Containers</c>).</summary>
    ContainerUnknown,

    /// <summary>The path of a relayed request could be read in two ways, or lies outside of what its target allows.</summary>
    PathInvalid,

    /// <summary>There is no target of that name (<c>Sluice:Relay:Targets</c>).</summary>
    TargetUnknown,

    /// <summary>The target, or the route, does not take requests of this method.</summary>
    MethodRefused,

    /// <summary>No rule of <c>Sluice:Routes</c> matches the request.</summary>
    NoRoute,

    /// <summary>There is no source of webhooks of that name (<c>Sluice:Hooks:Sources</c>).</summary>
    SourceUnknown,

    /// <summary>The source of webhooks is switched off.</summary>
    SourceOff,

    /// <summary>A rule says that the request is refused, with a status of its own.</summary>
    RouteRefused,

    /// <summary>The rule's blob name needs something that the request does not have, or that lies beyond the peek window; or no name of a webhook is free.</summary>
    NameUnavailable,

    /// <summary>What the body is, or what it is declared as, is not taken here.</summary>
    MediaTypeRefused,

    /// <summary>A request header that becomes a property of the blob can't be stored.</summary>
    HeaderInvalid,

    /// <summary>A form breaks RFC 7578, has no file, or has more parts or headers than are taken (<c>Sluice:Multipart</c>).</summary>
    FormInvalid,

    /// <summary>A file of an atomic form that was whole, and is not stored because another part of the form failed.</summary>
    FormAbandoned,

    /// <summary>The body is, or would become, larger than the limit.</summary>
    BodyTooLarge,

    /// <summary><c>If-Match</c> or <c>If-None-Match</c> does not hold (RFC 9110, section 13).</summary>
    PreconditionFailed,

    /// <summary>No memory block became free in time.</summary>
    OverBudget,

    /// <summary>The body ended before its declared length, or its framing is broken.</summary>
    BodyTruncated,

    /// <summary>The body is not the one that a digest was declared of.</summary>
    DigestMismatch,

    /// <summary>The client sent nothing for longer than the idle time-out.</summary>
    ClientStalled,

    /// <summary>The connection went away before the request was answered; nobody is left to be told.</summary>
    ClientGone,

    /// <summary>Another writer of the same name, a lease or a policy got in the way of the commit.</summary>
    WriteConflict,

    /// <summary>There is no such resumable upload: its URL was not made here.</summary>
    UploadUnknown,

    /// <summary>The resumable upload is not there any more: expired, cancelled, or overwritten.</summary>
    UploadGone,

    /// <summary>The resumable upload is complete, and takes nothing more.</summary>
    UploadCompleted,

    /// <summary>The resumable upload goes on at another offset.</summary>
    UploadOffsetMismatch,

    /// <summary>The lengths that were declared of a resumable upload, and what came of it, do not agree.</summary>
    UploadLengthInconsistent,

    /// <summary>A newer request of the same resumable upload took over.</summary>
    UploadTakenOver,

    /// <summary>Another request is just completing the resumable upload.</summary>
    UploadBusy,

    /// <summary>The resumable upload came in too many pieces.</summary>
    UploadExhausted,

    /// <summary>The version of tus that the client speaks is not 1.0.0.</summary>
    TusVersionUnsupported,

    /// <summary>There are no keys for resumable uploads (<c>Sluice:Resumable:Keys</c>).</summary>
    ResumableOff,

    /// <summary>The blob does not exist.</summary>
    BlobNotFound,

    /// <summary>The blob was overwritten each time that a part of it was asked for.</summary>
    ReadConflict,

    /// <summary>The asked range lies outside of the blob (RFC 9110, section 15.5.17).</summary>
    RangeNotSatisfiable,

    /// <summary>Storage asked us to slow down, and retrying did not help.</summary>
    StorageThrottled,

    /// <summary>Storage refused our credentials.</summary>
    StorageDenied,

    /// <summary>Storage answered with an error that a client can't mend.</summary>
    StorageRejected,

    /// <summary>No connection to storage could be made.</summary>
    StorageUnreachable,

    /// <summary>Storage took or sent nothing for longer than the stall time-out.</summary>
    StorageStalled,

    /// <summary>No token for the downstream service could be had.</summary>
    DownstreamDenied,

    /// <summary>No connection to the downstream service could be made.</summary>
    DownstreamUnreachable,

    /// <summary>The downstream service went away before it had answered in full.</summary>
    DownstreamBroke,

    /// <summary>The downstream service answered, and not with the success that the rule asks for.</summary>
    DownstreamRefused,

    /// <summary>The downstream service's answer is larger than its target allows.</summary>
    DownstreamAnswerTooLarge,

    /// <summary>The downstream service took or sent nothing for longer than its target's idle time-out.</summary>
    DownstreamStalled,

    /// <summary>This instance is shutting down: it takes no new body, or could not wait for the end of one.</summary>
    ShuttingDown,

    /// <summary>This instance should be sent nothing now; only <c>/api/health/ready</c> says so.</summary>
    NotReady,

    /// <summary>A bug of ours.</summary>
    Internal,
}
