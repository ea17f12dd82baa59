using Sluice.Failures;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>Bodies whose blocks are too large to be held: 2 blocks of at most 1 MiB, of which 256 KiB could be held.</summary>
public sealed class PassThroughUploadTests
{
    private const int MiB = 1 << 20;

    private readonly Rig _rig = new() { Blob = { MaxBlocks = 2 } };

    [Theory]
    [InlineData((512 * 1024) + 1, 1)]
    [InlineData(MiB, 1)]
    [InlineData(MiB + 1, 2)]
    [InlineData(2 * MiB, 2)]
    public async Task Its_blocks_are_streamed_in_order_and_committed_at_once(int length, int blocks)
    {
        var content = ScriptedBody.Content(length);

        foreach (var body in (ScriptedBody[])[ScriptedBody.InPieces(content, 100_000, 3), ScriptedBody.Arrived(content)])
        {
            Assert.Equal(blocks, (await _rig.UploadAsync(body, length)).Value().Blocks);
            Assert.Equal(content, _rig.Stored);
        }

        Assert.Equal(1, _rig.Storage.MostOpen);
    }

    [Fact]
    public async Task It_takes_no_memory_from_the_pool()
    {
        (await _rig.UploadAsync(ScriptedBody.InPieces(ScriptedBody.Content(MiB), 100_000), MiB)).Value();

        Assert.Equal(0, _rig.PeakBytes);
    }

    [Fact]
    public async Task Bytes_go_to_storage_while_the_block_is_still_arriving()
    {
        var content = ScriptedBody.Content(MiB);
        var body = new ScriptedBody();
        var sink = new ContentSink(long.MaxValue, Task.CompletedTask);
        _rig.Storage.On(StorageOperation.PutBlock, 0, async exchange =>
        {
            await exchange.ReceiveAsync(sink, exchange.CancellationToken);
            return exchange.CarryOut();
        });

        var uploading = _rig.UploadAsync(body, MiB);
        body.Send(content.AsMemory(..1_000));
        Assert.Equal(content[..1_000], sink.Content);
        body.Send(content.AsMemory(1_000..));
        body.End();

        (await uploading).Value();
        Assert.Equal(content, _rig.Stored);
    }

    [Theory]
    [InlineData(503, "ServerBusy", nameof(FailureKind.StorageThrottled))]
    [InlineData(403, "AuthorizationFailure", nameof(FailureKind.StorageDenied))]
    [InlineData(500, "InternalError", nameof(FailureKind.StorageRejected))]
    public async Task A_refused_block_is_not_tried_again(int status, string code, string kind)
    {
        _rig.Blob.MaxRetries = 4;
        _rig.Storage.On(StorageOperation.PutBlock, 1, Turn.Refuse(status, code));

        var result = await _rig.UploadAsync(ScriptedBody.InPieces(ScriptedBody.Content(2 * MiB), 100_000), 2 * MiB);

        result.Failed(Enum.Parse<FailureKind>(kind), Phase.Transfer);
        Assert.Equal(2, _rig.Storage.Requests.Count);
        Assert.Empty(_rig.Storage.Blobs);
    }

    [Fact]
    public async Task A_cut_connection_to_storage_is_not_tried_again()
    {
        _rig.Blob.MaxRetries = 4;
        _rig.Storage.On(StorageOperation.PutBlock, 0, Turn.CutAfter(100_000));

        var result = await _rig.UploadAsync(ScriptedBody.InPieces(ScriptedBody.Content(MiB), 50_000), MiB);

        result.Failed(FailureKind.StorageUnreachable, Phase.Transfer);
        Assert.Single(_rig.Storage.Requests);
    }

    [Fact]
    public async Task Bytes_that_changed_on_their_way_are_noticed_by_the_checksum_in_the_answer()
    {
        _rig.Storage.On(StorageOperation.PutBlock, 1, Turn.Damage);

        var result = await _rig.UploadAsync(ScriptedBody.InPieces(ScriptedBody.Content(2 * MiB), 100_000), 2 * MiB);

        result.Failed(FailureKind.StorageRejected, Phase.Transfer);
        Assert.Empty(_rig.Storage.Blobs);
        Assert.Empty(_rig.Storage.Of(StorageOperation.PutBlockList));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_blamed_on_the_client_and_not_committed()
    {
        var body = new ScriptedBody().Then(ScriptedBody.Content(100_000));

        var result = await _rig.UploadAsync(body.Then(body.Leave), MiB);

        result.Failed(FailureKind.ClientGone, Phase.Transfer);
        Assert.Empty(_rig.Storage.Blobs);
        Assert.Single(_rig.Storage.Requests);
    }

    [Fact]
    public async Task A_body_that_is_shorter_than_declared_is_truncated_and_not_committed()
    {
        var result = await _rig.UploadAsync(ScriptedBody.InPieces(ScriptedBody.Content(MiB - 1), 100_000), MiB);

        result.Failed(FailureKind.BodyTruncated, Phase.Transfer);
        Assert.Empty(_rig.Storage.Blobs);
        Assert.Single(_rig.Storage.Requests);
    }

    [Fact]
    public async Task A_client_that_leaves_is_gone_and_the_request_is_given_up()
    {
        var body = new ScriptedBody();

        var uploading = _rig.UploadAsync(body, MiB);
        body.Send(ScriptedBody.Content(100_000));
        await _rig.Client.CancelAsync();

        (await uploading).Failed(FailureKind.ClientGone, Phase.Transfer);
        Assert.Equal(0, _rig.Storage.Open);
        Assert.Empty(_rig.Storage.Blobs);
    }

    [Fact]
    public async Task A_client_that_leaves_when_all_its_bytes_are_sent_but_not_yet_taken_is_gone()
    {
        _rig.Storage.On(StorageOperation.PutBlock, 0, Turn.StallAfter(MiB));

        var uploading = _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(MiB)), MiB);
        Assert.False(uploading.IsCompleted);
        await _rig.Client.CancelAsync();

        (await uploading).Failed(FailureKind.ClientGone, Phase.Transfer);
        Assert.Empty(_rig.Storage.Of(StorageOperation.PutBlockList));
    }

    [Fact]
    public async Task A_storage_that_refuses_a_block_before_it_read_all_of_it_is_believed_at_once()
    {
        var body = new ScriptedBody().Then(ScriptedBody.Content(100_000));
        _rig.Storage.On(StorageOperation.PutBlock, 0, Turn.RefuseAfter(0, 403, "AuthorizationFailure", new TaskCompletionSource().Task));

        var result = await _rig.UploadAsync(body, MiB);

        result.Failed(FailureKind.StorageDenied, Phase.Transfer);
    }

    [Fact]
    public async Task Nobody_reads_the_body_any_more_once_its_upload_failed()
    {
        var body = new ScriptedBody().Then(ScriptedBody.Content(100_000));
        Task? sending = null;
        _rig.Storage.On(StorageOperation.PutBlock, 0, async exchange =>
        {
            // The client's stack still waits for the next bytes when storage's answer is there.
            sending = exchange.ReceiveAsync(new ContentSink(long.MaxValue, Task.CompletedTask), CancellationToken.None);
            Assert.True(body.IsReadPending);
            return StorageAnswer.Error(403, "AuthorizationFailure");
        });

        (await _rig.UploadAsync(body, MiB)).Failed(FailureKind.StorageDenied, Phase.Transfer);

        Assert.False(body.IsReadPending);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending!.Soon());
    }

    [Fact]
    public async Task A_request_that_is_still_being_sent_takes_no_more_from_the_body_once_its_upload_failed()
    {
        var body = new ScriptedBody().Then(ScriptedBody.Content(100_000)).Then(ScriptedBody.Content(100_000));
        var onwards = new TaskCompletionSource();
        Task? sending = null;
        _rig.Storage.On(
            StorageOperation.PutBlock, 0, Turn.RefuseAfter(0, 403, "AuthorizationFailure", onwards.Task, sent => sending = sent));

        (await _rig.UploadAsync(body, MiB)).Failed(FailureKind.StorageDenied, Phase.Transfer);
        var reads = body.Reads;
        onwards.SetResult();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending!.Soon());
        Assert.Equal(reads, body.Reads);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(2 * MiB)]
    public async Task It_can_be_abandoned_instead_of_committed(int length)
    {
        await using (var sink = await _rig.OpenAsync(2 * MiB))
        {
            await sink.TransferAsync(_rig.Guard(ScriptedBody.Of(ScriptedBody.Content(length)), 2 * MiB), _rig.Client.Token);
        }

        Assert.Empty(_rig.Storage.Blobs);
        Assert.Empty(_rig.Storage.Of(StorageOperation.PutBlockList));
    }
}
