namespace Sluice.Failures;

/// <summary>
/// What to do about each kind of failure: one paragraph with code in backticks, for the page that a browser shows. A test holds
/// <c>docs/failures.md</c> equal, where the same sentences have links.
/// </summary>
internal static class Remedies
{
    /// <summary>What to do about a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind has no line: a bug, which a test finds.</exception>
    public static string Of(FailureKind kind) => kind switch
    {
        FailureKind.NameInvalid => "Change the name. `detail` names the rule.",
        FailureKind.HeaderInvalid => "Correct the header that `detail` names.",
        FailureKind.PathInvalid => "Correct the path. `detail` says what is wrong with it.",
        FailureKind.QueryInvalid => "Correct the parameter that `detail` names, or begin the list again.",
        FailureKind.FormInvalid => "`detail` says which. Files before the error may already be stored (docs/multipart.md).",
        FailureKind.BodyTruncated => "Send it again. If the problem repeats, suspect a proxy on the way or a bug in the client.",
        FailureKind.DigestMismatch =>
            "Send it again. If the problem repeats, compare `actual` with the digest of what you meant to send: "
                + "docs/integrity.md.",
        FailureKind.UploadCompleted => "Nothing: the file is stored. `HEAD` of the upload says where (`Content-Location`).",
        FailureKind.UploadLengthInconsistent => "Fix the client. `HEAD` returns the upload's length and offset.",
        FailureKind.KeyInvalid => "Send a valid key as `x-functions-key`. Check whether it was rotated.",
        FailureKind.TokenInvalid => "Get a new token, and compare its claims with `Sluice:Server:Tokens`: docs/callers.md.",
        FailureKind.SignatureMissing =>
            "`detail` names the header. Check that `Scheme` matches the sender, and that nothing on the way drops headers.",
        FailureKind.SignatureMalformed =>
            "`detail` names the header. Compare it with the sender's documentation, and check that `Scheme` matches the "
                + "sender.",
        FailureKind.SignatureStale =>
            "Compare both clocks. Check whether a queue on the way delays deliveries. A sender that retries signs again.",
        FailureKind.SignatureInvalid =>
            "If the secret was rotated, add the new one to `Secrets`. Check whether something on the way changes bodies. "
                + "Otherwise the delivery is forged.",
        FailureKind.KeyScope => "Use another key, or add the scope to the caller's `Scopes`: docs/operations.md.",
        FailureKind.RightMissing => "Ask `POST /api/peek` as the same caller, or add a right to `Sluice:Rights`.",
        FailureKind.RouteRefused => "`detail` is the text of the rule, the code or the service.",
        FailureKind.RouteUnknown => "Compare the address with `/api/openapi.json`.",
        FailureKind.ContainerUnknown => "Correct the URL, or add the container to `Sluice:Blob:Containers` or `Sluice:Blob:Aliases`.",
        FailureKind.BlobNotFound => "Nothing: it was never stored completely, or it was deleted.",
        FailureKind.UploadUnknown => "Start another upload. If all uploads fail this way, check that all instances have the same keys.",
        FailureKind.ResumableOff => "Set `Sluice:Resumable:Keys` (`openssl rand -base64 32`).",
        FailureKind.TargetUnknown => "Correct the URL, or add the target to `Sluice:Relay:Targets`.",
        FailureKind.NoRoute => "`POST /api/peek?path=…` shows what each rule saw.",
        FailureKind.SourceUnknown => "Compare the address configured at the sender with `Sluice:Hooks:Sources`.",
        FailureKind.SourceOff => "Remove the address at the sender. Most senders stop by themselves after a 410.",
        FailureKind.UploadGone =>
            "Start another upload. If this happens often, set a longer `Sluice:Resumable:Lifetime`, or put `{id}` into "
                + "`Sluice:Resumable:Name`.",
        FailureKind.MethodRefused => "`Allow` lists the accepted methods (`Methods` of the target).",
        FailureKind.ClientStalled => "Send it again. If many requests fail this way, check the network in front of Sluice.",
        FailureKind.WriteConflict =>
            "Send it again. If the problem repeats, `storageErrorCode` names the lease, the policy or the snapshots.",
        FailureKind.UploadTakenOver =>
            "Clients ask for the offset (`HEAD`) and continue. If the problem persists, two clients are uploading the same "
                + "file.",
        FailureKind.UploadOffsetMismatch => "Clients continue from the right offset by themselves.",
        FailureKind.UploadBusy => "Retry after `Retry-After`. After 45 seconds any request can complete the upload.",
        FailureKind.TusVersionUnsupported => "Send `Tus-Resumable: 1.0.0`. Check whether a proxy drops the header.",
        FailureKind.PreconditionFailed => "Read the blob, decide, and send with its new entity tag.",
        FailureKind.BodyTooLarge => "Send less, declare the length (`Content-Length`), or raise `Sluice:Body:MaxBytes`.",
        FailureKind.UploadExhausted => "Start again with larger requests. `Upload-Limit` says how large.",
        FailureKind.MediaTypeRefused => "`detail` names the detected type. `MediaTypes` of the rule lists the accepted types.",
        FailureKind.RangeNotSatisfiable => "`Content-Range` returns the length of the blob.",
        FailureKind.NameUnavailable =>
            "Send the value that `detail` names, or raise `Sluice:Peek:WindowBytes`. If no name is free, make the sender "
                + "give each event its own id, and check who else writes to this container.",
        FailureKind.FormAbandoned => "Fix the failure of the other file, and send the form again.",
        FailureKind.QuotaExceeded => "Wait for `Retry-After`: the next day. Or raise the quota.",
        FailureKind.RateLimited => "Wait for `Retry-After`, and send less at once: docs/operations.md.",
        FailureKind.ClientGone => "Nothing. If there are many, check the time-outs of clients and proxies.",
        FailureKind.Internal => "Report it. Event 10 has the stack trace.",
        FailureKind.TransferCodingUnsupported => "Compress the body itself, and declare that in `Content-Encoding`.",
        FailureKind.StorageDenied =>
            "Check the role *Storage Blob Data Contributor* of this host's identity, `AZURE_CLIENT_ID` and the account's "
                + "firewall. `storageErrorCode` tells which.",
        FailureKind.StorageRejected => "See `detail` and `storageErrorCode`. For `ContainerNotFound`, create the container.",
        FailureKind.StorageUnreachable =>
            "Check name resolution, private endpoint, firewall and outages: `curl -I` the account's blob endpoint from this "
                + "host.",
        FailureKind.DownstreamDenied => "Check the identity of this host, `AZURE_CLIENT_ID`, the scope and the app role.",
        FailureKind.DownstreamUnreachable => "Check its address, name resolution, certificate and firewall: `curl` it from this host.",
        FailureKind.DownstreamBroke =>
            "`detail` says which. Check the service's log at this time, and its limits on body size and duration.",
        FailureKind.DownstreamRefused => "Check the service's log. Nothing was stored.",
        FailureKind.DownstreamAnswerTooLarge => "Raise the limit, or request less.",
        FailureKind.ReadConflict => "Retry. If the problem persists, something overwrites the blob in a loop.",
        FailureKind.IssuerUnreachable => "Check the network path to the issuer.",
        FailureKind.OverBudget =>
            "Scale out, or raise `Sluice:Memory:BudgetBytes`. First check `sluice.storage.request.duration`: memory becomes "
                + "free as fast as storage accepts blocks.",
        FailureKind.PolicyUnavailable => "Check the service. `Sluice:Policy:WhenDown` decides what happens meanwhile.",
        FailureKind.PolicyInvalid => "`detail` says what is wrong. Correct the service. A 401 means that it holds another secret.",
        FailureKind.ShuttingDown =>
            "Send it again: another instance accepts it. If there are many in the phase `transfer`, set a longer grace "
                + "period.",
        FailureKind.NotReady => "`checks` gives the reason, event 16 more detail: docs/operations.md.",
        FailureKind.StorageThrottled =>
            "Wait. If it persists, check the account's limits, lower `Sluice:Blob:BlocksInFlight`, or use a second account.",
        FailureKind.EventUnannounced =>
            "Check the queue service and the role *Storage Queue Data Contributor*. `Sluice:Events:WhenUnavailable: Accept` "
                + "stores bodies without their events.",
        FailureKind.StorageStalled => "Check the account's health and latency. Right after a change, check the network path.",
        FailureKind.DownstreamStalled => "Check its health and latency.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A failure without a remedy is a bug."),
    };
}
