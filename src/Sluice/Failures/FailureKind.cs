namespace Sluice;

/// <summary>The closed set of expected failures. <c>docs/failures.md</c> has a row for each; the names there never change.</summary>
public enum FailureKind
{
    /// <summary>The blob name breaks Azure's rules, or could be read in two ways.</summary>
    NameInvalid,

    /// <summary>The key that came with the request, if any, is not one of ours.</summary>
    KeyInvalid,

    /// <summary>The container is not one that Sluice may use (<c>Sluice:Blob:Containers</c>).</summary>
    ContainerUnknown,

    /// <summary>A request header that becomes a property of the blob can't be stored.</summary>
    HeaderInvalid,

    /// <summary>The body is, or would become, larger than the limit.</summary>
    BodyTooLarge,

    /// <summary><c>If-Match</c> or <c>If-None-Match</c> does not hold (RFC 9110, section 13).</summary>
    PreconditionFailed,

    /// <summary>No memory block became free in time.</summary>
    OverBudget,

    /// <summary>The body ended before its declared length, or its framing is broken.</summary>
    BodyTruncated,

    /// <summary>The client sent nothing for longer than the idle time-out.</summary>
    ClientStalled,

    /// <summary>The connection went away before the request was answered; nobody is left to be told.</summary>
    ClientGone,

    /// <summary>Another writer of the same name, a lease or a policy got in the way of the commit.</summary>
    WriteConflict,

    /// <summary>There is no such blob.</summary>
    BlobNotFound,

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

    /// <summary>A bug of ours.</summary>
    Internal,
}
