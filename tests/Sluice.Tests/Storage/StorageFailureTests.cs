using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

public sealed class StorageFailureTests
{
    public static TheoryData<Exception, string> WithoutAnswer => new()
    {
        { new RequestFailedException("No such host is known."), nameof(FailureKind.StorageUnreachable) },
        { new RequestFailedException(0, "Refused.", new HttpRequestException()), nameof(FailureKind.StorageUnreachable) },
        { new HttpRequestException("Reset."), nameof(FailureKind.StorageUnreachable) },
        { new IOException("Reset."), nameof(FailureKind.StorageUnreachable) },
        { new SocketException((int)SocketError.NotConnected), nameof(FailureKind.StorageUnreachable) },
        { new OperationCanceledException(), nameof(FailureKind.StorageStalled) },
        { new TaskCanceledException(), nameof(FailureKind.StorageStalled) },
        { new TimeoutException(), nameof(FailureKind.StorageStalled) },
        { new AuthenticationFailedException("No managed identity."), nameof(FailureKind.StorageDenied) },
        { new CredentialUnavailableException("No managed identity."), nameof(FailureKind.StorageDenied) },
        { new AggregateException(new RequestFailedException(403, ""), new TaskCanceledException()), nameof(FailureKind.StorageStalled) },
        { new AggregateException(
            new TaskCanceledException(), new RequestFailedException("No such host.")), nameof(FailureKind.StorageUnreachable) },
        { new AggregateException(new AggregateException(new IOException())), nameof(FailureKind.StorageUnreachable) },
        { new AggregateException(), nameof(FailureKind.Internal) },
        { new InvalidOperationException("A bug."), nameof(FailureKind.Internal) },
    };

    [Theory]
    [InlineData(400, "InvalidBlockList", nameof(FailureKind.WriteConflict))]
    [InlineData(400, "InvalidBlobOrBlock", nameof(FailureKind.WriteConflict))]
    [InlineData(400, "Crc64Mismatch", nameof(FailureKind.StorageRejected))]
    [InlineData(400, "", nameof(FailureKind.StorageRejected))]
    [InlineData(401, "NoAuthenticationInformation", nameof(FailureKind.StorageDenied))]
    [InlineData(403, "AuthorizationPermissionMismatch", nameof(FailureKind.StorageDenied))]
    [InlineData(403, "AuthenticationFailed", nameof(FailureKind.StorageDenied))]
    [InlineData(404, "ContainerNotFound", nameof(FailureKind.StorageRejected))]
    [InlineData(404, "ResourceNotFound", nameof(FailureKind.StorageRejected))]
    [InlineData(409, "BlobAlreadyExists", nameof(FailureKind.PreconditionFailed))]
    [InlineData(409, "BlobImmutableDueToPolicy", nameof(FailureKind.WriteConflict))]
    [InlineData(409, "SnapshotsPresent", nameof(FailureKind.WriteConflict))]
    [InlineData(412, "ConditionNotMet", nameof(FailureKind.PreconditionFailed))]
    [InlineData(412, "LeaseIdMissing", nameof(FailureKind.WriteConflict))]
    [InlineData(412, "LeaseLost", nameof(FailureKind.WriteConflict))]
    [InlineData(429, "TooManyRequests", nameof(FailureKind.StorageThrottled))]
    [InlineData(500, "InternalError", nameof(FailureKind.StorageRejected))]
    [InlineData(500, "OperationTimedOut", nameof(FailureKind.StorageThrottled))]
    [InlineData(502, "", nameof(FailureKind.StorageRejected))]
    [InlineData(503, "ServerBusy", nameof(FailureKind.StorageThrottled))]
    [InlineData(503, "", nameof(FailureKind.StorageThrottled))]
    public void An_answer_to_a_conditional_write_becomes_the_failure_that_it_means(int status, string code, string kind)
    {
        foreach (var phase in (Phase[])[Phase.Transfer, Phase.Seal])
        {
            var failure = StorageFailure.From(
                new RequestFailedException(status, "Scripted.", code, null), phase, StorageRequestKind.ConditionalWrite);
            failure.Is(Enum.Parse<FailureKind>(kind), phase);

            Assert.Equal(code, failure.StorageErrorCode);
            IsSentence(failure);
            Assert.Equal(failure.Kind == FailureKind.StorageThrottled, failure.RetryAfter > TimeSpan.Zero);
        }
    }

    [Theory]
    [InlineData(409, "BlobAlreadyExists")]
    [InlineData(409, "SnapshotsPresent")]
    [InlineData(412, "ConditionNotMet")]
    [InlineData(412, "LeaseIdMissing")]
    [InlineData(400, "InvalidBlockList")]
    public void Who_set_no_condition_is_not_told_that_it_does_not_hold(int status, string code) => StorageFailure
        .From(new RequestFailedException(status, "Scripted.", code, null), Phase.Seal, StorageRequestKind.Write).Is(
            FailureKind.WriteConflict, Phase.Seal);

    [Theory]
    [InlineData(409, "BlobAlreadyExists", nameof(FailureKind.StorageRejected))]
    [InlineData(409, "BlobArchived", nameof(FailureKind.StorageRejected))]
    [InlineData(409, "BlobBeingRehydrated", nameof(FailureKind.StorageRejected))]
    [InlineData(412, "ConditionNotMet", nameof(FailureKind.StorageRejected))]
    [InlineData(412, "LeaseIdMissing", nameof(FailureKind.StorageRejected))]
    [InlineData(400, "InvalidBlockList", nameof(FailureKind.StorageRejected))]
    [InlineData(416, "InvalidRange", nameof(FailureKind.RangeNotSatisfiable))]
    public void Who_reads_is_not_told_of_writers(int status, string code, string kind) => IsSentence(StorageFailure
        .From(new RequestFailedException(status, "Scripted.", code, null), Phase.Read, StorageRequestKind.Read).Is(
            Enum.Parse<FailureKind>(kind), Phase.Read));

    [Fact]
    public void Who_reads_a_version_that_is_gone_is_told_so() => StorageFailure
        .From(new RequestFailedException(412, "Scripted.", "ConditionNotMet", null), Phase.Read, StorageRequestKind.ReadVersion).Is(
            FailureKind.PreconditionFailed, Phase.Read);

    [Theory]
    [InlineData(409, "SnapshotsPresent", nameof(FailureKind.WriteConflict), "snapshots")]
    [InlineData(409, "BlobImmutableDueToPolicy", nameof(FailureKind.WriteConflict), "immutability")]
    [InlineData(409, "PendingCopyOperation", nameof(FailureKind.WriteConflict), "copy")]
    [InlineData(412, "LeaseIdMissing", nameof(FailureKind.WriteConflict), "lease")]
    [InlineData(412, "ConditionNotMet", nameof(FailureKind.PreconditionFailed), "changed")]
    [InlineData(404, "ContainerNotFound", nameof(FailureKind.StorageRejected), "container")]
    [InlineData(403, "AuthorizationPermissionMismatch", nameof(FailureKind.StorageDenied), "role")]
    [InlineData(503, "ServerBusy", nameof(FailureKind.StorageThrottled), "busy")]
    [InlineData(400, "InvalidHeaderValue", nameof(FailureKind.StorageRejected), "400 InvalidHeaderValue")]
    public void Who_deletes_is_told_what_protects_the_blob(int status, string code, string kind, string word)
    {
        var failure = StorageFailure.From(
            new RequestFailedException(status, "Scripted.", code, null), Phase.Delete, StorageRequestKind.Delete);

        IsSentence(failure.Is(Enum.Parse<FailureKind>(kind), Phase.Delete));
        Assert.Contains(word, failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "OutOfRangeInput", nameof(FailureKind.QueryInvalid))]
    [InlineData(400, "", nameof(FailureKind.QueryInvalid))]
    [InlineData(404, "ContainerNotFound", nameof(FailureKind.StorageRejected))]
    [InlineData(403, "AuthorizationPermissionMismatch", nameof(FailureKind.StorageDenied))]
    [InlineData(409, "ContainerBeingDeleted", nameof(FailureKind.StorageRejected))]
    [InlineData(503, "ServerBusy", nameof(FailureKind.StorageThrottled))]
    public void Who_lists_is_told_of_a_bad_query_and_of_storage(int status, string code, string kind) => IsSentence(StorageFailure
        .From(new RequestFailedException(status, "Scripted.", code, null), Phase.List, StorageRequestKind.List).Is(
            Enum.Parse<FailureKind>(kind), Phase.List));

    [Theory]
    [InlineData("BlobNotFound", nameof(FailureKind.BlobNotFound))]
    [InlineData("", nameof(FailureKind.BlobNotFound))]
    [InlineData("ContainerNotFound", nameof(FailureKind.StorageRejected))]
    public void A_blob_that_is_read_and_is_not_there_is_not_found(string code, string kind) =>
        StorageFailure.From(new RequestFailedException(404, "Scripted.", code, null), Phase.Read, StorageRequestKind.Read).Is(
            Enum.Parse<FailureKind>(kind), Phase.Read);

    [Theory]
    [MemberData(nameof(WithoutAnswer), DisableDiscoveryEnumeration = true)]
    public void What_is_no_answer_becomes_the_failure_that_it_means(Exception exception, string kind) =>
        IsSentence(StorageFailure.From(exception, Phase.Seal, StorageRequestKind.Write).Is(Enum.Parse<FailureKind>(kind), Phase.Seal));

    // What was refused may be given up at once; what may have been done must be looked for.
    [Theory]
    [InlineData(400, "InvalidHeaderValue", true)]
    [InlineData(403, "AuthorizationFailure", true)]
    [InlineData(404, "ContainerNotFound", true)]
    [InlineData(408, "RequestTimeout", false)]
    [InlineData(412, "ConditionNotMet", true)]
    [InlineData(499, "Canceled", true)]
    [InlineData(500, "InternalError", false)]
    [InlineData(500, "OperationTimedOut", false)]
    [InlineData(503, "ServerBusy", true)]
    [InlineData(503, "InternalError", false)]
    [InlineData(302, "Elsewhere", false)]
    [InlineData(403, null, false)]
    [InlineData(503, null, false)]
    public void Only_storage_itself_can_say_that_it_has_not_done_what_it_was_asked_for(int status, string? code, bool isRefusal) =>
        Assert.Equal(
            isRefusal, StorageFailure.From(
                new RequestFailedException(status, "Scripted.", code, null), Phase.Seal, StorageRequestKind.Write).IsRefusal);

    [Fact]
    public void A_status_without_a_code_is_told_as_it_is() => Assert.Equal(
        "The blob service returned 502.",
        StorageFailure.From(new RequestFailedException(502, "Scripted.", null, null), Phase.Seal, StorageRequestKind.Write).Detail);

    [Fact]
    public void No_detail_repeats_what_an_exception_says() => Assert.All(
        (Exception[])[
            new RequestFailedException(403, "secret"),
            new RequestFailedException("secret"),
            new IOException("secret"),
            new InvalidOperationException("secret")],
        static exception => Assert.DoesNotContain(
            "secret", StorageFailure.From(exception, Phase.Seal, StorageRequestKind.Write).Detail, StringComparison.Ordinal));
    // Who has to act reads it.
    private static void IsSentence(Failure failure) => Assert.Matches(@"^[A-Z][^\r\n]*[\w)]\.$", failure.Detail);
}
