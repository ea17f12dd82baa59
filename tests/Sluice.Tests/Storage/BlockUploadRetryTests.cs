using Sluice.Failures;
using Sluice.Memory;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>A block is sent again as it was, and no attempt outlives its memory.</summary>
public sealed class BlockUploadRetryTests
{
    private readonly Rig _rig = new() { Blob = { MaxRetries = 1 } };

    [Fact]
    public async Task A_block_that_failed_once_is_sent_again_with_the_same_bytes_and_checksum()
    {
        var content = ScriptedBody.Content(4 * Rig.BlockBytes);
        _rig.Storage.On(StorageOperation.PutBlock, 0, Turn.Refuse(503, "ServerBusy"))
            .On(StorageOperation.PutBlock, 1, Turn.CutAfter(5_000))
            .On(StorageOperation.PutBlock, 2, async exchange => StorageAnswer.Error(500, "InternalError"));

        (await _rig.UploadAsync(ScriptedBody.Of(content))).Value();

        Assert.Equal(content, _rig.Stored);
        var sent = _rig.Storage.Of(StorageOperation.PutBlock);
        Assert.Equal(7, sent.Count);
        Assert.All(
            sent.GroupBy(request => request.BlockId),
            attempts => Assert.Single(attempts.Select(attempt => attempt.Header("x-ms-content-crc64")).Distinct()));
    }

    [Fact]
    public async Task A_single_block_that_failed_once_is_committed_by_the_second_attempt()
    {
        var content = ScriptedBody.Content(1_000);
        _rig.Storage.On(StorageOperation.PutBlob, 0, Turn.Refuse(500, "InternalError"));

        (await _rig.UploadAsync(ScriptedBody.Of(content))).Value();

        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task A_block_that_fails_as_often_as_it_may_be_sent_fails_the_upload()
    {
        _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.Refuse(503, "ServerBusy", TimeSpan.FromSeconds(1)));

        var result = await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(Rig.BlockBytes + 1)));

        Assert.Equal(TimeSpan.FromSeconds(1), result.Failed(FailureKind.StorageThrottled, Phase.Transfer).RetryAfter);
        Assert.Empty(_rig.Storage.Blobs);
    }

    [Fact]
    public async Task A_connection_that_breaks_as_often_as_a_block_may_be_sent_is_blamed_on_storage()
    {
        _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.CutAfter(0));

        var result = await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(Rig.BlockBytes + 1)));

        result.Failed(FailureKind.StorageUnreachable, Phase.Transfer);
    }

    [Fact]
    public async Task A_block_that_is_still_being_sent_after_its_refusal_is_not_reused_until_it_is_let_go()
    {
        var onwards = new TaskCompletionSource();
        Task? sending = null;
        _rig.Blob.MaxRetries = 0;
        _rig.Storage.On(
            StorageOperation.PutBlock, 0, Turn.RefuseAfter(0, 403, "AuthorizationFailure", onwards.Task, sent => sending = sent));
        await using (var sink = await _rig.OpenAsync())
        {
            var failure = await sink.TransferAsync(
                _rig.Guard(ScriptedBody.Of(ScriptedBody.Content(Rig.BlockBytes + 1))), _rig.Client.Token);
            failure.Is(FailureKind.StorageDenied, Phase.Transfer);
        }

        Assert.Equal(BlockPool.SegmentBytes, _rig.Pool.InUseBytes);
        onwards.SetResult();
        await sending!.Soon();

        Assert.Equal(0, _rig.Pool.InUseBytes);
        Assert.Equal(ScriptedBody.Content(Rig.BlockBytes + 1)[..Rig.BlockBytes], _rig.Storage.Requests[0].Content);
    }
}
