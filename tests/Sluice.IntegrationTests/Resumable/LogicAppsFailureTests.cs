using Sluice.AspNetCore.Resumable;
using Sluice.Failures;
using Sluice.Resumable;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>Failures as workflows take them: what passes by itself has a status that they retry.</summary>
public sealed class LogicAppsFailureTests
{
    [Theory]
    [InlineData(FailureKind.UploadTakenOver, 503)]
    [InlineData(FailureKind.UploadBusy, 503)]
    [InlineData(FailureKind.WriteConflict, 503)]
    [InlineData(FailureKind.ClientStalled, 408)]
    [InlineData(FailureKind.RateLimited, 429)]
    [InlineData(FailureKind.StorageUnreachable, 502)]
    [InlineData(FailureKind.UploadOffsetMismatch, 409)]
    [InlineData(FailureKind.UploadGone, 410)]
    [InlineData(FailureKind.DigestMismatch, 400)]
    public void What_passes_by_itself_is_tried_again(FailureKind kind, int status)
    {
        var ticket = new UploadTicket
        {
            Id = Guid.NewGuid(),
            Target = default,
            Expires = default,
            Dialect = UploadDialect.LogicApps
        };

        var failure = UploadProtocol.Of(ticket).Reported(new Failure(kind, Phase.Read, ""), "PATCH");

        Assert.Equal(status, failure.Status ?? FailureTable.Of(kind).Status);
    }
}
