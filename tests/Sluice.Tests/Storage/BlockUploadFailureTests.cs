using Sluice.Failures;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>What becomes of an upload that fails: nothing is committed, and no memory is lost (the rig looks).</summary>
public sealed class BlockUploadFailureTests
{
    private readonly Rig _rig = new();

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", nameof(FailureKind.StorageDenied))]
    [InlineData(404, "ContainerNotFound", nameof(FailureKind.StorageRejected))]
    [InlineData(409, "BlobImmutableDueToPolicy", nameof(FailureKind.WriteConflict))]
    [InlineData(412, "LeaseIdMissing", nameof(FailureKind.WriteConflict))]
    [InlineData(503, "ServerBusy", nameof(FailureKind.StorageThrottled))]
    public async Task A_refused_block_ends_the_upload(int status, string code, string kind)
    {
        _rig.Storage.On(StorageOperation.PutBlock, 1, Turn.Refuse(status, code));

        var result = await _rig.UploadAsync(ScriptedBody.InPieces(ScriptedBody.Content(9 * Rig.BlockBytes), Rig.BlockBytes));

        Assert.Equal(code, result.Failed(Enum.Parse<FailureKind>(kind), Phase.Transfer).StorageErrorCode);
        AssertNothingCommitted();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_refused_block_ends_the_wait_for_the_client(int blocksInFlight)
    {
        var may = new TaskCompletionSource();
        var body = new ScriptedBody();
        _rig.Blob.BlocksInFlight = blocksInFlight;
        _rig.Storage.On(StorageOperation.PutBlock, 0, async exchange =>
        {
            await may.Task;
            return await Turn.Refuse(403, "AuthorizationFailure")(exchange);
        });

        var uploading = _rig.UploadAsync(body);
        body.Send(ScriptedBody.Content(Rig.BlockBytes + 1));
        Assert.False(uploading.IsCompleted);
        may.SetResult();

        (await uploading).Failed(FailureKind.StorageDenied, Phase.Transfer);
        Assert.False(body.IsReadPending);
        AssertNothingCommitted();
    }

    [Fact]
    public async Task Little_is_read_after_a_block_was_refused()
    {
        var body = ScriptedBody.InPieces(ScriptedBody.Content(100 * Rig.BlockBytes), Rig.BlockBytes);
        _rig.Storage.On(StorageOperation.PutBlock, 0, Turn.Refuse(403, "AuthorizationFailure"));

        (await _rig.UploadAsync(body)).Failed(FailureKind.StorageDenied, Phase.Transfer);

        Assert.InRange(body.Reads, 1, _rig.Blob.BlocksInFlight + 4);
    }

    [Fact]
    public async Task A_cut_connection_to_storage_ends_the_upload()
    {
        _rig.Storage.On(StorageOperation.PutBlock, 2, Turn.CutAfter(1_000));

        var result = await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(9 * Rig.BlockBytes)));

        result.Failed(FailureKind.StorageUnreachable, Phase.Transfer);
        AssertNothingCommitted();
    }

    [Fact]
    public async Task A_storage_that_stalls_is_given_up_and_blamed()
    {
        _rig.Blob.StallTimeout = TimeSpan.FromMilliseconds(100);
        _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.StallAfter(1_000));

        var result = await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(9 * Rig.BlockBytes)));

        result.Failed(FailureKind.StorageStalled, Phase.Transfer);
        AssertNothingCommitted();
    }

    [Fact]
    public async Task Bytes_that_changed_on_their_way_are_refused()
    {
        _rig.Storage.On(StorageOperation.PutBlock, 0, Turn.Damage);

        var result = await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(2 * Rig.BlockBytes)));

        Assert.Equal("Crc64Mismatch", result.Failed(FailureKind.StorageRejected, Phase.Transfer).StorageErrorCode);
        AssertNothingCommitted();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(Rig.BlockBytes)]
    [InlineData(5 * Rig.BlockBytes)]
    public async Task A_body_that_breaks_off_is_not_committed(int length)
    {
        var body = new ScriptedBody().Then(ScriptedBody.Content(length));

        var result = await _rig.UploadAsync(body.Then(body.Leave));

        result.Failed(FailureKind.ClientGone, Phase.Transfer);
        AssertNothingCommitted();
    }

    [Theory]
    [InlineData(3 * Rig.BlockBytes)]
    [InlineData((3 * Rig.BlockBytes) - 1)]
    [InlineData((3 * Rig.BlockBytes) + 1)]
    [InlineData(10)]
    public async Task A_body_shorter_than_declared_is_not_committed(int declared)
    {
        var result = await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(declared - 1)), declared);

        result.Failed(FailureKind.BodyTruncated, Phase.Transfer);
        AssertNothingCommitted();
    }

    [Theory]
    [InlineData(3 * Rig.BlockBytes)]
    [InlineData(Rig.BlockBytes)]
    [InlineData(10)]
    public async Task A_body_longer_than_declared_is_not_committed(int declared)
    {
        var result = await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(declared + 1)), declared);

        result.Failed(FailureKind.BodyTruncated, Phase.Transfer);
        AssertNothingCommitted();
    }

    [Fact]
    public async Task A_body_over_the_limit_is_not_committed()
    {
        _rig.Body.MaxBytes = 2 * Rig.BlockBytes;

        var result = await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content((2 * Rig.BlockBytes) + 1)));

        Assert.Equal(2 * Rig.BlockBytes, result.Failed(FailureKind.BodyTooLarge, Phase.Transfer).LimitBytes);
        AssertNothingCommitted();
    }

    [Fact]
    public async Task A_reader_that_throws_what_no_connection_throws_takes_no_memory_with_it()
    {
        var body = new ScriptedBody().Then(ScriptedBody.Content(2 * Rig.BlockBytes));
        body.Then(() => body.Break(new InvalidOperationException("A bug.")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _rig.UploadAsync(body));

        Assert.Equal(0, _rig.Pool.InUseBytes);
        AssertNothingCommitted();
    }

    private void AssertNothingCommitted()
    {
        Assert.Empty(_rig.Storage.Blobs);
        Assert.DoesNotContain(
            _rig.Storage.Requests, request => request.Operation is StorageOperation.PutBlockList or StorageOperation.PutBlob);
    }
}
