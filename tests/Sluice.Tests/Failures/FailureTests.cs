using Sluice.Failures;

namespace Sluice.Tests.Failures;

public sealed class FailureTests
{
    private static readonly Dictionary<FailureKind, Party> Parties = new()
    {
        [FailureKind.NameInvalid] = Party.Client,
        [FailureKind.KeyInvalid] = Party.Client,
        [FailureKind.KeyScope] = Party.Client,
        [FailureKind.RateLimited] = Party.Client,
        [FailureKind.RouteUnknown] = Party.Client,
        [FailureKind.TransferCodingUnsupported] = Party.Sluice,
        [FailureKind.SignatureMissing] = Party.Client,
        [FailureKind.SignatureMalformed] = Party.Client,
        [FailureKind.SignatureStale] = Party.Client,
        [FailureKind.SignatureInvalid] = Party.Client,
        [FailureKind.ContainerUnknown] = Party.Client,
        [FailureKind.PathInvalid] = Party.Client,
        [FailureKind.TargetUnknown] = Party.Client,
        [FailureKind.MethodRefused] = Party.Client,
        [FailureKind.NoRoute] = Party.Client,
        [FailureKind.SourceUnknown] = Party.Client,
        [FailureKind.SourceOff] = Party.Client,
        [FailureKind.RouteRefused] = Party.Client,
        [FailureKind.NameUnavailable] = Party.Client,
        [FailureKind.MediaTypeRefused] = Party.Client,
        [FailureKind.HeaderInvalid] = Party.Client,
        [FailureKind.FormInvalid] = Party.Client,
        [FailureKind.FormAbandoned] = Party.Client,
        [FailureKind.BodyTooLarge] = Party.Client,
        [FailureKind.PreconditionFailed] = Party.Client,
        [FailureKind.OverBudget] = Party.Sluice,
        [FailureKind.BodyTruncated] = Party.Client,
        [FailureKind.DigestMismatch] = Party.Client,
        [FailureKind.ClientStalled] = Party.Client,
        [FailureKind.ClientGone] = Party.Client,
        [FailureKind.WriteConflict] = Party.Client,
        [FailureKind.BlobNotFound] = Party.Client,
        [FailureKind.RangeNotSatisfiable] = Party.Client,
        [FailureKind.UploadUnknown] = Party.Client,
        [FailureKind.UploadGone] = Party.Client,
        [FailureKind.UploadCompleted] = Party.Client,
        [FailureKind.UploadOffsetMismatch] = Party.Client,
        [FailureKind.UploadLengthInconsistent] = Party.Client,
        [FailureKind.UploadTakenOver] = Party.Client,
        [FailureKind.UploadBusy] = Party.Client,
        [FailureKind.UploadExhausted] = Party.Client,
        [FailureKind.TusVersionUnsupported] = Party.Client,
        [FailureKind.ResumableOff] = Party.Client,
        [FailureKind.ReadConflict] = Party.Sluice,
        [FailureKind.StorageThrottled] = Party.Storage,
        [FailureKind.StorageDenied] = Party.Storage,
        [FailureKind.StorageRejected] = Party.Storage,
        [FailureKind.StorageUnreachable] = Party.Storage,
        [FailureKind.StorageStalled] = Party.Storage,
        [FailureKind.DownstreamDenied] = Party.Downstream,
        [FailureKind.DownstreamUnreachable] = Party.Downstream,
        [FailureKind.DownstreamBroke] = Party.Downstream,
        [FailureKind.DownstreamRefused] = Party.Downstream,
        [FailureKind.DownstreamAnswerTooLarge] = Party.Downstream,
        [FailureKind.DownstreamStalled] = Party.Downstream,
        [FailureKind.ShuttingDown] = Party.Sluice,
        [FailureKind.NotReady] = Party.Sluice,
        [FailureKind.Internal] = Party.Sluice,
    };

    // A kind that is added without a thought about its party would be the client's.
    [Fact]
    public void Every_kind_of_failure_has_the_party_that_was_thought_of() => Assert.Equal(
        Parties.OrderBy(pair => pair.Key),
        Enum.GetValues<FailureKind>().Select(kind => KeyValuePair.Create(kind, new Failure(kind, Phase.Transfer, "").Party)));
}
