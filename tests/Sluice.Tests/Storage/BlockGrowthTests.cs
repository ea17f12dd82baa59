using Sluice.Failures;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>Bodies of unknown length whose blocks grow.</summary>
public sealed class BlockGrowthTests
{
    // 1, 1, 2, 4, 4 ... segments: a quarter of the budget is the largest block that is held.
    private readonly Rig _rig = new() { Blob = { MaxBlocks = 8 } };

    [Fact]
    public async Task Blocks_of_a_body_of_unknown_length_grow_and_never_shrink()
    {
        var content = ScriptedBody.Content((11 * Rig.BlockBytes) + 3);

        (await _rig.UploadAsync(ScriptedBody.InPieces(content, 60_000))).Value();

        Assert.Equal(content, _rig.Stored);
        Assert.Equal(
            [Rig.BlockBytes, Rig.BlockBytes, 2 * Rig.BlockBytes, 4 * Rig.BlockBytes, (3 * Rig.BlockBytes) + 3],
            _rig.Storage.Of(StorageOperation.PutBlock).OrderBy(request => request.BlockId, StringComparer.Ordinal)
                .Select(request => request.Content.Length));
    }

    [Fact]
    public async Task The_largest_body_that_the_plan_reaches_is_stored()
    {
        var content = ScriptedBody.Content((int)_rig.Admission.PlanFor(null).MaxBytes);

        Assert.Equal(8, (await _rig.UploadAsync(ScriptedBody.Of(content))).Value().Blocks);

        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task A_body_beyond_the_reach_of_the_plan_is_too_large()
    {
        var reach = _rig.Admission.PlanFor(null).MaxBytes;

        var result = await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content((int)reach + 1)));

        Assert.Equal(reach, result.Failed(FailureKind.BodyTooLarge, Phase.Transfer).LimitBytes);
        Assert.Empty(_rig.Storage.Blobs);
        Assert.Empty(_rig.Storage.Of(StorageOperation.PutBlockList));
    }

    [Fact]
    public async Task A_block_that_can_not_grow_is_staged_as_it_is()
    {
        var content = ScriptedBody.Content(6 * Rig.BlockBytes);
        var others = _rig.Take(_rig.Memory.BudgetBytes - Rig.BlockBytes);

        Assert.Null(await TransferAsync(content).Soon());

        Assert.Equal(
            Enumerable.Repeat(Rig.BlockBytes, 6),
            _rig.Storage.Of(StorageOperation.PutBlock).Select(static request => request.Content.Length));
        Assert.Equal(content, _rig.Stored);
        others.Dispose();
        Assert.Equal(0, _rig.Pool.InUseBytes);
    }

    [Fact]
    public async Task The_last_quarter_of_the_blocks_waits_for_the_memory_that_it_lacks()
    {
        var content = ScriptedBody.Content(9 * Rig.BlockBytes);
        var others = _rig.Take(_rig.Memory.BudgetBytes - Rig.BlockBytes);

        var transfer = TransferAsync(content);
        // What it has sent came back to it, one block after the other.
        await Outcome.UntilAsync(() => _rig.Pool.Waiting == 1 && _rig.Storage.Requests.Count == 6);
        others.Dispose();

        Assert.Null(await transfer.Soon());
        Assert.Equal(0, _rig.Pool.InUseBytes);
        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task The_last_quarter_of_the_blocks_does_not_wait_for_ever()
    {
        var others = _rig.Take(_rig.Memory.BudgetBytes - Rig.BlockBytes);

        var transfer = TransferAsync(ScriptedBody.Content(9 * Rig.BlockBytes));
        // It waits for its own blocks, too, as long as those are being checked: so more than once.
        await Outcome.UntilAsync(() =>
        {
            _rig.Time.Advance(_rig.Memory.WaitTimeout);
            return transfer.IsCompleted;
        });

        (await transfer).Is(FailureKind.OverBudget, Phase.Transfer);
        others.Dispose();
        Assert.Equal(0, _rig.Pool.InUseBytes);
        Assert.Empty(_rig.Storage.Blobs);
    }

    [Fact]
    public async Task Memory_stays_within_the_budget_when_the_blocks_are_large()
    {
        // However slow storage is, there are blocks enough.
        _rig.Blob.MaxBlocks = 50;
        _rig.Memory.BudgetBytes = 5 * Rig.BlockBytes;
        _rig.Blob.BlockBytes = 2 * Rig.BlockBytes;
        var content = ScriptedBody.Content(15 * Rig.BlockBytes);

        (await _rig.UploadAsync(ScriptedBody.InPieces(content, 12_345))).Value();

        Assert.InRange(_rig.PeakBytes, 1, _rig.Memory.BudgetBytes);
        Assert.Equal(content, _rig.Stored);
    }

    private async Task<Failure?> TransferAsync(byte[] content)
    {
        await using var sink = await _rig.OpenAsync();
        var failure = await sink.TransferAsync(_rig.Guard(ScriptedBody.Of(content)), _rig.Client.Token);
        if (failure is null)
        {
            (await sink.CommitAsync([])).Value();
        }

        return failure;
    }
}
