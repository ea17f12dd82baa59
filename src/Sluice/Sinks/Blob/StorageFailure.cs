using System.Globalization;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace Sluice.Sinks.Blob;

/// <summary>
/// The one place that reads storage's errors
/// (https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes).
/// </summary>
internal static class StorageFailure
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    public static Failure From(Exception exception, Phase phase) => exception switch
    {
        AggregateException { InnerExceptions: { Count: > 0 } inner } => From(inner[^1], phase),
        RequestFailedException { Status: > 0 } answer => FromAnswer(answer, phase),
        RequestFailedException { InnerException: { } inner } when IsNonsense(inner) => Unreadable(phase),
        RequestFailedException => new Failure(FailureKind.StorageUnreachable, phase, "No connection to the blob service could be made."),
        _ when exception is AuthenticationFailedException || ThrownBy.ACredential(exception) => new Failure(
            FailureKind.StorageDenied, phase, "No token for the blob service: check the identity, AZURE_CLIENT_ID and the sign-in of this host."),
        OperationCanceledException or TimeoutException => new Failure(
            FailureKind.StorageStalled, phase, "The blob service did not take or answer a request in time (Sluice:Blob:StallTimeout)."),
        StrangeAnswerException strange => new Failure(FailureKind.StorageUnreachable, phase, strange.Message),
        IOException or HttpRequestException => new Failure(
            FailureKind.StorageUnreachable, phase, "The connection to the blob service broke."),
        _ when ThrownBy.TheStorageClient(exception) => Unreadable(phase),
        _ => new Failure(FailureKind.Internal, phase, $"Unexpected {exception.GetType().Name} while talking to the blob service."),
    };

    /// <summary>A success that can't be one, or no HTTP at all.</summary>
    public static Failure Unreadable(Phase phase) =>
        new(FailureKind.StorageRejected, phase, "The blob service, or something on the way to it, sent an answer that can't be understood.");

    private static bool IsNonsense(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.HttpProtocolError
    };

    private static Failure FromAnswer(RequestFailedException answer, Phase phase)
    {
        var code = answer.ErrorCode ?? "";
        var (kind, detail) = (answer.Status, code) switch
        {
            (404, _) when phase == Phase.Read && code != BlobErrorCode.ContainerNotFound => (FailureKind.BlobNotFound, "There is no such blob."),
            (404, _) => (FailureKind.StorageRejected, "The container is configured (Sluice:Blob:Containers) but does not exist in the storage account."),
            (409, _) when code == BlobErrorCode.BlobAlreadyExists => (FailureKind.PreconditionFailed, "A blob of this name exists already."),
            (412, _) when code.StartsWith("Lease", StringComparison.Ordinal) => (FailureKind.WriteConflict, "The blob is leased by somebody else."),
            (412, _) => (FailureKind.PreconditionFailed, "The blob changed while the body was on its way."),
            (416, _) => (FailureKind.RangeNotSatisfiable, "The range lies outside of the blob."),
            (400, _) when code == BlobErrorCode.InvalidBlockList || code == BlobErrorCode.InvalidBlobOrBlock => (
                FailureKind.WriteConflict, "Another upload of this name was committed meanwhile and dropped the blocks of this one; send it again."),
            (409, _) => (FailureKind.WriteConflict, "The blob can't be written now: another writer, a lease or a policy is in the way."),
            (401 or 403, _) => (FailureKind.StorageDenied, "The blob service refused our credentials: check the role assignments of this host's identity."),
            (429 or 503, _) => (FailureKind.StorageThrottled, "The blob service is busy; send it again later."),
            (500, _) when code == BlobErrorCode.OperationTimedOut => (FailureKind.StorageThrottled, "The blob service is busy; send it again later."),
            _ => (FailureKind.StorageRejected, $"The blob service answered {answer.Status.ToString(CultureInfo.InvariantCulture)} {code}."),
        };

        return new Failure(kind, phase, detail)
        {
            StorageErrorCode = answer.ErrorCode,
            RetryAfter = kind == FailureKind.StorageThrottled ? RetryAfterOf(answer) : null,
        };
    }

    private static TimeSpan RetryAfterOf(RequestFailedException answer) =>
        answer.GetRawResponse() is { } response
        && response.Headers.TryGetValue("Retry-After", out var value)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : DefaultRetryAfter;
}
