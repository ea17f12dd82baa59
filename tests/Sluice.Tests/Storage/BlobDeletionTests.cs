using Microsoft.Extensions.Logging;
using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Diagnostics;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>Exactly the version that was looked at is deleted, and what is deleted is logged.</summary>
public sealed class BlobDeletionTests
{
    private readonly Rig _rig = new();
    private readonly LogLines _lines = new();

    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    private BlobDeletion Deletion => new(_rig.Clients, _lines);

    [Fact]
    public async Task The_version_is_deleted_without_snapshots_and_logged()
    {
        var blob = await PutAsync();

        Assert.Null(await Deletion.DeleteAsync(Rig.Target, blob));

        Assert.Empty(_rig.Storage.Blobs);
        var request = Assert.Single(_rig.Storage.Of(StorageOperation.DeleteBlob));
        Assert.Equal((blob.ETag, null), (request.Header("If-Match"), request.Header("x-ms-delete-snapshots")));
        var line = Assert.Single(_lines.All);
        Assert.Equal(
            (7, LogLevel.Information, $"Deleted inbox/reports/2026.bin: 3 bytes, entity tag {blob.ETag}; caller none."),
            (line.Event, line.Level, line.Text));
    }

    [Fact]
    public async Task Another_version_stays()
    {
        var blob = await PutAsync();
        var other = _rig.Storage.Put(Rig.Target.ToString(), [4]);

        (await Deletion.DeleteAsync(Rig.Target, blob)).Is(FailureKind.PreconditionFailed, Phase.Delete);

        Assert.Same(other, Assert.Single(_rig.Storage.Blobs).Value);
        Assert.Empty(_lines.All);
    }

    // Storage answers the second attempt with 404, and the blob is gone as it should be.
    [Fact]
    public async Task A_deletion_whose_answer_was_lost_has_happened()
    {
        _rig.Blob.MaxRetries = 1;
        _rig.Storage.On(StorageOperation.DeleteBlob, 0, Turn.LoseAnswer);
        var blob = await PutAsync();

        Assert.Null(await Deletion.DeleteAsync(Rig.Target, blob));

        Assert.Equal((0, 2), (_rig.Storage.Blobs.Count, _rig.Storage.Of(StorageOperation.DeleteBlob).Count));
        Assert.Single(_lines.All);
    }

    [Theory]
    [InlineData(409, "SnapshotsPresent", nameof(FailureKind.WriteConflict))]
    [InlineData(409, "BlobImmutableDueToPolicy", nameof(FailureKind.WriteConflict))]
    [InlineData(412, "LeaseIdMissing", nameof(FailureKind.WriteConflict))]
    [InlineData(403, "AuthorizationFailure", nameof(FailureKind.StorageDenied))]
    [InlineData(404, "ContainerNotFound", nameof(FailureKind.StorageRejected))]
    [InlineData(503, "ServerBusy", nameof(FailureKind.StorageThrottled))]
    public async Task A_deletion_that_fails_changes_nothing_and_is_not_logged_as_one(int status, string code, string kind)
    {
        _rig.Storage.OnEvery(StorageOperation.DeleteBlob, Turn.Refuse(status, code));
        var blob = await PutAsync();

        var failure = (await Deletion.DeleteAsync(Rig.Target, blob)).Is(Enum.Parse<FailureKind>(kind), Phase.Delete);

        Assert.Equal(code, failure.StorageErrorCode);
        Assert.Single(_rig.Storage.Blobs);
        Assert.Empty(_lines.All);
    }

    private async Task<StoredBlob> PutAsync()
    {
        _rig.Storage.Put(Rig.Target.ToString(), [1, 2, 3]);
        return (await new BlobReader(_rig.Clients).FindAsync(Rig.Target, Phase.Delete, Unending)).Value()!;
    }
}
