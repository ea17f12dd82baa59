using Sluice.Failures;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>How many blocks are on their way, and what they take.</summary>
public sealed class BlockUploadFlowTests
{
    private readonly Rig _rig = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task No_more_blocks_are_in_flight_than_configured(int blocksInFlight)
    {
        var content = ScriptedBody.Content(9 * Rig.BlockBytes);
        var may = new TaskCompletionSource();
        _rig.Blob.BlocksInFlight = blocksInFlight;
        _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.NormalAfter(may.Task));

        // Nothing here waits for a thread: what returns has gone as far as it can.
        var uploading = _rig.UploadAsync(ScriptedBody.InPieces(content, 30_000));
        Assert.Equal(blocksInFlight, _rig.Storage.Open);
        may.SetResult();
        (await uploading).Value();

        Assert.Equal(blocksInFlight, _rig.Storage.MostOpen);
        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task A_block_is_staged_as_soon_as_it_is_full_and_the_body_goes_on()
    {
        var body = new ScriptedBody();

        var uploading = _rig.UploadAsync(body);
        body.Send(ScriptedBody.Content(Rig.BlockBytes));
        Assert.Empty(_rig.Storage.Requests);
        body.Send(new byte[1]);
        Assert.Equal([StorageOperation.PutBlock], _rig.Storage.Requests.Select(request => request.Operation));

        body.End();
        Assert.Equal(2, (await uploading).Value().Blocks);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_memory_is_in_use_than_the_blocks_in_flight_and_one(int blocksInFlight)
    {
        _rig.Blob.BlocksInFlight = blocksInFlight;
        _rig.Blob.BlockBytes = 2 * Rig.BlockBytes;

        (await _rig.UploadAsync(ScriptedBody.InPieces(ScriptedBody.Content(20 * Rig.BlockBytes), 70_000))).Value();

        Assert.InRange(_rig.PeakBytes, 1, (blocksInFlight + 1) * _rig.Blob.BlockBytes);
    }

    [Fact]
    public async Task Memory_goes_back_as_soon_as_storage_has_it()
    {
        var may = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToArray();
        foreach (var index in (int[])[0, 1, 2])
        {
            _rig.Storage.On(StorageOperation.PutBlock, index, Turn.NormalAfter(may[index].Task));
        }

        await using var sink = await _rig.OpenAsync();
        var body = ScriptedBody.Of(ScriptedBody.Content(3 * Rig.BlockBytes));
        var transfer = sink.TransferAsync(_rig.Guard(body), _rig.Client.Token).AsTask();
        foreach (var (index, blocks) in ((int, int)[])[(0, 2), (1, 1), (2, 0)])
        {
            may[index].SetResult();
            await Outcome.UntilAsync(() => _rig.Pool.InUseBytes == blocks * Rig.BlockBytes);
        }

        Assert.Null(await transfer.Soon());
    }

    [Fact]
    public async Task A_short_body_of_a_known_length_takes_only_the_memory_that_it_needs()
    {
        _rig.Blob.BlockBytes = 8 * Rig.BlockBytes;

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(100)), 100)).Value();

        Assert.Equal(Rig.BlockBytes, _rig.PeakBytes);
    }

    [Fact]
    public async Task An_upload_that_finds_no_further_memory_goes_on_with_its_one_block()
    {
        var content = ScriptedBody.Content(6 * Rig.BlockBytes);
        _rig.Memory.BudgetBytes = Rig.BlockBytes;

        (await _rig.UploadAsync(ScriptedBody.InPieces(content, 40_000))).Value();

        Assert.Equal(1, _rig.Storage.MostOpen);
        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task Blocks_that_storage_takes_out_of_order_end_up_in_order()
    {
        var content = ScriptedBody.Content(8 * Rig.BlockBytes);
        var last = new TaskCompletionSource();
        _rig.Storage.On(StorageOperation.PutBlock, 0, Turn.NormalAfter(last.Task)).On(StorageOperation.PutBlock, 7, async exchange =>
        {
            last.SetResult();
            return await Turn.Normal(exchange);
        });

        (await _rig.UploadAsync(ScriptedBody.InPieces(content, 100_000))).Value();

        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task Two_uploads_of_one_name_do_not_mix()
    {
        var (one, other) = (ScriptedBody.Content(3 * Rig.BlockBytes), ScriptedBody.Content((3 * Rig.BlockBytes) + 1));
        var (first, second) = (new ScriptedBody(), new ScriptedBody());
        await using var loser = await _rig.OpenAsync();
        await using var winner = await _rig.OpenAsync();
        var losing = loser.TransferAsync(_rig.Guard(first), _rig.Client.Token).AsTask();
        var winning = winner.TransferAsync(_rig.Guard(second), _rig.Client.Token).AsTask();

        foreach (var start in (int[])[0, Rig.BlockBytes, 2 * Rig.BlockBytes])
        {
            second.Send(other.AsMemory(start, Rig.BlockBytes));
            first.Send(one.AsMemory(start, Rig.BlockBytes));
        }

        second.Send(other.AsMemory(^1..));
        first.End();
        second.End();
        Assert.Null(await losing.Soon());
        Assert.Null(await winning.Soon());
        (await winner.CommitAsync([])).Value();
        var dropped = await loser.CommitAsync([]);

        // The winner's commit dropped the blocks that it did not name.
        dropped.Failed(FailureKind.WriteConflict, Phase.Seal);
        Assert.Equal(other, _rig.Stored);
    }
}
