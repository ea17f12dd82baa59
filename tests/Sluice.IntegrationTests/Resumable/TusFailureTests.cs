using Sluice.AspNetCore.Resumable;
using Sluice.Failures;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>Failures as clients of tus take them.</summary>
public sealed class TusFailureTests
{
    [Theory]
    [InlineData(FailureKind.StorageUnreachable, true, 423)]
    [InlineData(FailureKind.StorageThrottled, true, 423)]
    [InlineData(FailureKind.UploadTakenOver, true, 423)]
    [InlineData(FailureKind.ShuttingDown, true, 423)]
    [InlineData(FailureKind.StorageUnreachable, false, 502)]
    [InlineData(FailureKind.UploadGone, true, 410)]
    [InlineData(FailureKind.UploadUnknown, true, 404)]
    [InlineData(FailureKind.DigestMismatch, false, 460)]
    public void What_passes_by_itself_is_no_reason_to_begin_the_upload_anew(FailureKind kind, bool head, int status)
    {
        var failure = TusRequest.Reported(new Failure(kind, Phase.Read, ""), head);

        Assert.Equal(status, failure.Status ?? FailureTable.Of(kind).Status);
    }
}
