using Sluice.Failures;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>A client that goes away, at every point of an upload.</summary>
public sealed class BlockUploadCancellationTests
{
    private readonly Rig _rig = new();

    [Fact]
    public async Task A_client_that_leaves_before_its_first_byte_is_gone()
    {
        var uploading = _rig.UploadAsync(new ScriptedBody());
        await _rig.Client.CancelAsync();

        (await uploading).Failed(FailureKind.ClientGone, Phase.Transfer);
        AssertNothingCommitted();
    }

    [Fact]
    public async Task A_client_that_leaves_while_a_block_is_staged_is_gone_and_the_request_is_given_up()
    {
        var body = new ScriptedBody();
        _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.StallAfter(0));

        var uploading = _rig.UploadAsync(body);
        body.Send(ScriptedBody.Content(2 * Rig.BlockBytes));
        Assert.Equal(2, _rig.Storage.Open);
        await _rig.Client.CancelAsync();

        (await uploading).Failed(FailureKind.ClientGone, Phase.Transfer);
        Assert.Equal(0, _rig.Storage.Open);
        AssertNothingCommitted();
    }

    [Fact]
    public async Task A_client_that_leaves_when_all_its_bytes_are_here_but_not_yet_staged_is_gone()
    {
        _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.StallAfter(0));

        var uploading = _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(2 * Rig.BlockBytes)));
        Assert.Equal(2, _rig.Storage.Open);
        await _rig.Client.CancelAsync();

        (await uploading).Failed(FailureKind.ClientGone, Phase.Transfer);
        AssertNothingCommitted();
    }

    [Fact]
    public async Task A_client_that_leaves_while_its_upload_waits_for_a_larger_block_is_gone()
    {
        _rig.Blob.MaxBlocks = 7;
        var body = ScriptedBody.InPieces(ScriptedBody.Content(9 * Rig.BlockBytes), Rig.BlockBytes);
        var others = _rig.Take(_rig.Memory.BudgetBytes - Rig.BlockBytes);

        var uploading = Upload();

        // Five small blocks are staged; the next one has to take the rest, and its place is too small.
        await Outcome.UntilAsync(() => _rig.Storage is { Requests.Count: 5, Open: 0 } && _rig.Pool.Waiting == 1);
        await _rig.Client.CancelAsync();

        (await uploading.Soon()).Is(FailureKind.ClientGone, Phase.Transfer);
        others.Dispose();
        Assert.Equal(0, _rig.Pool.InUseBytes);
        AssertNothingCommitted();

        async Task<Failure?> Upload()
        {
            await using var sink = await _rig.OpenAsync();
            return await sink.TransferAsync(_rig.Guard(body), _rig.Client.Token);
        }
    }

    [Fact]
    public async Task A_client_that_leaves_during_the_commit_changes_nothing()
    {
        var content = ScriptedBody.Content(2 * Rig.BlockBytes);
        var may = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        _rig.Storage.On(StorageOperation.PutBlockList, 0, async exchange =>
        {
            arrived.SetResult();
            return await Turn.NormalAfter(may.Task)(exchange);
        });

        var uploading = _rig.UploadAsync(ScriptedBody.Of(content));
        await arrived.Task.Soon();
        await _rig.Client.CancelAsync();
        may.SetResult();

        (await uploading).Value();
        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task An_upload_can_be_abandoned_at_any_point_and_twice()
    {
        var body = new ScriptedBody();
        _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.StallAfter(0));
        var sink = await _rig.OpenAsync();
        var transfer = sink.TransferAsync(_rig.Guard(body), _rig.Client.Token).AsTask();
        body.Send(ScriptedBody.Content(Rig.BlockBytes + 1));

        await _rig.Client.CancelAsync();
        await transfer.Soon();
        await sink.DisposeAsync();
        await sink.DisposeAsync();

        Assert.Equal(0, _rig.Pool.InUseBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(3 * Rig.BlockBytes)]
    public async Task A_whole_upload_can_be_abandoned_instead_of_committed(int length)
    {
        await using (var sink = await _rig.OpenAsync())
        {
            Assert.Null(await sink.TransferAsync(_rig.Guard(ScriptedBody.Of(ScriptedBody.Content(length))), _rig.Client.Token));
        }

        Assert.Equal(0, _rig.Pool.InUseBytes);
        AssertNothingCommitted();
    }

    [Fact]
    public async Task A_sink_that_took_nothing_can_be_abandoned()
    {
        await (await _rig.OpenAsync()).DisposeAsync();

        Assert.Equal(0, _rig.Pool.InUseBytes);
        Assert.Empty(_rig.Storage.Requests);
    }

    private void AssertNothingCommitted()
    {
        Assert.Empty(_rig.Storage.Blobs);
        Assert.DoesNotContain(
            _rig.Storage.Requests, request => request.Operation is StorageOperation.PutBlockList or StorageOperation.PutBlob);
    }
}
