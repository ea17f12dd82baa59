using System.Globalization;
using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;
using Sluice.Failures;

namespace Sluice.Storage;

/// <summary>
/// The only place that interprets storage's errors
/// (https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes).
/// </summary>
internal static class StorageFailure
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Turns an exception into a failure.</summary>
    /// <param name="exception">What the SDK threw.</param>
    /// <param name="phase">The phase in which it was thrown.</param>
    /// <param name="request">The kind of request.</param>
    public static Failure From(Exception exception, Phase phase, StorageRequestKind request) => exception switch
    {
        AggregateException { InnerExceptions: { Count: > 0 } inner } => From(inner[^1], phase, request),
        RequestFailedException { Status: > 0 } answer => FromAnswer(answer, phase, request),
        RequestFailedException { InnerException: { } inner } when IsNonsense(inner) => Unreadable(phase),
        RequestFailedException => new Failure(FailureKind.StorageUnreachable, phase, "No connection to the blob service could be made."),
        _ when exception is AuthenticationFailedException || ThrownBy.ACredential(exception) => new Failure(
            FailureKind.StorageDenied, phase,
            "No token could be obtained for the blob service: check the identity, AZURE_CLIENT_ID and the sign-in of this host."),
        OperationCanceledException or TimeoutException => new Failure(
            FailureKind.StorageStalled, phase, "The blob service did not accept or answer a request in time (Sluice:Blob:StallTimeout)."),
        StrangeAnswerException strange => new Failure(FailureKind.StorageUnreachable, phase, strange.Message),
        // HttpClient does not wrap the error of a connection that is reset as soon as it is made (.NET 10.0.12).
        IOException or HttpRequestException or SocketException => new Failure(
            FailureKind.StorageUnreachable, phase, "The connection to the blob service broke."),
        _ when ThrownBy.TheStorageClient(exception) => Unreadable(phase),
        _ => new Failure(FailureKind.Internal, phase, $"Unexpected {exception.GetType().Name} while talking to the blob service."),
    };

    /// <summary>An answer that claims success but can't be one, or is not HTTP at all.</summary>
    public static Failure Unreadable(Phase phase) =>
        new(
            FailureKind.StorageRejected, phase,
            "The blob service, or something on the way to it, sent a response that can't be parsed.");

    private static bool IsNonsense(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
            or HttpRequestError.HttpProtocolError
    };

    private static Failure FromAnswer(RequestFailedException answer, Phase phase, StorageRequestKind request)
    {
        var code = answer.ErrorCode ?? "";
        var (kind, detail) = answer.Status switch
        {
            404 when phase == Phase.Read && code != BlobErrorCode.ContainerNotFound => (
                FailureKind.BlobNotFound, "The blob does not exist."),
            404 => (
                FailureKind.StorageRejected,
                "The container is configured (Sluice:Blob:Containers or Sluice:Blob:Aliases) but does not exist in its storage account."),
            401 or 403 => (
                FailureKind.StorageDenied, "The blob service refused our credentials: check the role assignments of this host's identity."),
            429 or 503 => (FailureKind.StorageThrottled, "The blob service is busy. Retry later."),
            500 when code == BlobErrorCode.OperationTimedOut => (
                FailureKind.StorageThrottled, "The blob service is busy. Retry later."),
            409 when code.Contains("CustomerSpecifiedEncryption", StringComparison.Ordinal) => (
                FailureKind.StorageRejected,
                "The blob is encrypted with another key than the one that is configured (Sluice:Blob:Encryption)."),
            _ => OfRequest(answer.Status, code, request)
                ?? (
                    FailureKind.StorageRejected,
                    string.Create(
                        CultureInfo.InvariantCulture, $"The blob service returned {answer.Status}{(code.Length > 0 ? " " : "")}{code}.")),
        };

        return new Failure(kind, phase, detail)
        {
            StorageErrorCode = answer.ErrorCode,
            RetryAfter = kind == FailureKind.StorageThrottled ? RetryAfterOf(answer) : null,
            IsRefusal = IsRefusal(answer.Status, answer.ErrorCode),
        };
    }

    private static (FailureKind Kind, string Detail)? OfRequest(int status, string code, StorageRequestKind request) => request switch
    {
        StorageRequestKind.Read or StorageRequestKind.ReadVersion => OfRead(status, code, request),
        StorageRequestKind.Delete => OfDeletion(status, code),
        StorageRequestKind.List => OfListing(status),
        _ => OfWrite(status, code, request),
    };

    // A reader is never in a writer's way: errors that storage returns only to writers mean nothing to a reader.
    private static (FailureKind Kind, string Detail)? OfRead(int status, string code, StorageRequestKind request) => status switch
    {
        412 when request == StorageRequestKind.ReadVersion && !IsLease(code) => (
            FailureKind.PreconditionFailed, "The blob changed while it was read."),
        416 => (FailureKind.RangeNotSatisfiable, "The range lies outside of the blob."),
        409 when code == BlobErrorCode.BlobArchived || code == BlobErrorCode.BlobBeingRehydrated => (
            FailureKind.StorageRejected, "The blob is in the archive tier: it can't be read before it is rehydrated."),
        _ => null,
    };

    private static (FailureKind Kind, string Detail)? OfWrite(int status, string code, StorageRequestKind request) => status switch
    {
        409 when code == BlobErrorCode.BlobAlreadyExists && request == StorageRequestKind.ConditionalWrite => (
            FailureKind.PreconditionFailed, "A blob of this name already exists."),
        412 when IsLease(code) => (FailureKind.WriteConflict, "Another client holds a lease on the blob."),
        412 when request == StorageRequestKind.ConditionalWrite => (
            FailureKind.PreconditionFailed, "The blob changed during the upload."),
        400 when code == BlobErrorCode.InvalidBlockList || code == BlobErrorCode.InvalidBlobOrBlock => (
            FailureKind.WriteConflict,
            "Another upload of this name was committed in the meantime, which discarded the blocks of this one. Send it again."),
        409 or 412 => (FailureKind.WriteConflict, "The blob can't be written now: another writer, a lease or a policy prevents it."),
        _ => null,
    };

    private static (FailureKind Kind, string Detail)? OfDeletion(int status, string code) => status switch
    {
        409 when code == BlobErrorCode.SnapshotsPresent => (
            FailureKind.WriteConflict,
            "The blob has snapshots, and storage deletes a blob only together with its snapshots. Delete them there first."),
        409 => (FailureKind.WriteConflict, "The blob can't be deleted now: an immutability policy, a legal hold or a copy prevents it."),
        412 when IsLease(code) => (FailureKind.WriteConflict, "Another client holds a lease on the blob."),
        412 => (FailureKind.PreconditionFailed, "The blob changed before it could be deleted."),
        _ => null,
    };

    // Everything in such a request is ours, except the prefix and the continuation.
    private static (FailureKind Kind, string Detail)? OfListing(int status) => status == 400
        ? (FailureKind.QueryInvalid, "The blob service does not accept this prefix or continuation. Start the listing again.")
        : null;

    // A gateway in front of storage gives no code. A request answered with 408 or 500 may have been executed; a server that reports itself
    // busy has not begun.
    private static bool IsRefusal(int status, string? code) =>
        code is not null && (status is >= 400 and < 500 and not 408 || (status == 503 && code == BlobErrorCode.ServerBusy));

    private static bool IsLease(string code) => code.StartsWith("Lease", StringComparison.Ordinal);

    private static TimeSpan RetryAfterOf(RequestFailedException answer) =>
        answer.GetRawResponse() is { } response
        && response.Headers.TryGetValue("Retry-After", out var value)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : DefaultRetryAfter;
}
