using Sluice.Body;
using Sluice.Failures;
using Sluice.Memory;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>
/// Fills the blocks of one upload and stages each of them. Memory follows the bytes:
/// <code>
///      ┌──────────────────────────────────────────────────────────────────────┐
///      ▼                                                                      │
/// wait for a byte ──► room in the block? ──► a segment more ──► read into it ──► full? stage it
/// (holds a block          yes: read            none is free:
///  only while nobody                           stage the block as it is, wait in line with nothing
///  else wants memory)
/// </code>
/// A block that is staged before it is full is just a smaller block: storage accepts any size. So an upload under memory pressure gets
/// slower, and never blocks others.
/// </summary>
/// <param name="staging">Stages the blocks.</param>
/// <param name="pool">Provides the memory.</param>
/// <param name="blocks">The blocks to fill.</param>
/// <param name="sender">The sender of the body.</param>
/// <param name="options">The limits for senders.</param>
/// <param name="time">The clock.</param>
internal sealed class BlockFiller(
    BlockStaging staging, BlockPool pool, PlannedBlocks blocks, BodySender sender, MemoryOptions options, TimeProvider time)
    : IMemoryHolder, IDisposable
{
    // A client that sends steadily is heard from more often. A block that was held for longer can be rented again.
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongHold = TimeSpan.FromMilliseconds(250);

    // The same grace period that Kestrel gives a body before it checks its rate.
    private static readonly TimeSpan RateGrace = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly TimeSpan _waitedBefore = sender.Idle.Waited;
    private MemoryAccount? _memory;
    private BodySource? _body;
    private Block? _block;
    private bool _isWaiting;
    private long _waitingSince;
    private long _heldSince;
    private long _filledBefore;
    private long _bytes;

    /// <summary>How many blocks were staged.</summary>
    public int Blocks { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <inheritdoc/>
    public double BytesPerSecond => Bytes / Math.Max(Waited.TotalSeconds, 0.001);

    private MemoryAccount Memory => _memory ??= pool.Open(sender.Caller, this);

    // The remaining bytes have to fit into the remaining blocks.
    private bool MayBeShort => blocks.Plan.MayBeShort(Blocks, blocks.Length - _bytes);

    // Until its sender is vouched for, a body has no more than one segment, being filled and on its way to storage together.
    private bool IsLimited => !sender.IsVouchedFor;

    private TimeSpan Waited => sender.Idle.Waited - _waitedBefore;

    /// <summary>
    /// Reads a body to its end. The last block, which is not full or is the only one, is then left for the caller to take or to stage.
    /// </summary>
    /// <param name="body">The source of the bytes.</param>
    /// <param name="keepsOnly">
    /// Whether to hold a full first block until it is known that more follows: an upload of one block takes one request.
    /// </param>
    /// <param name="cancellationToken">Cancels the transfer.</param>
    public async ValueTask<Failure?> RunAsync(BodySource body, bool keepsOnly, CancellationToken cancellationToken)
    {
        _body = body;
        try
        {
            for (var read = default(BodyRead); ;)
            {
                // Most bytes have arrived before they are requested.
                if (!read.More && await WaitForBytesAsync(body, cancellationToken) is var next && (next.End || next.Failure is not null))
                {
                    return next.Failure;
                }

                if (await MakeRoomAsync(body, cancellationToken) is { } failure)
                {
                    return failure;
                }

                var block = _block!;
                read = await body.ReadAsync(block.Free(blocks.Plan.BlockBytes(Blocks) - block.Length), cancellationToken);
                block.Advance(read.Bytes);
                Volatile.Write(ref _bytes, _bytes + read.Bytes);
                if (read.End || read.Failure is not null)
                {
                    return read.Failure;
                }

                if (IsFull(block) && !(keepsOnly && Blocks == 0))
                {
                    StageFilled(block);
                }
            }
        }
        finally
        {
            // The caller now owns the last block, and disposes it.
            await body.WhenCheckedAsync();
        }
    }

    /// <summary>
    /// The block that was being filled when the body ended; without memory if there was none. The caller stages or disposes it.
    /// </summary>
    public Block TakeRest() => Take() ?? Memory.Empty();

    /// <summary>Stages the block that was being filled when the body ended, if there is one.</summary>
    public void StageRest()
    {
        if (Take() is { } rest)
        {
            StageOrDispose(rest);
        }
    }

    /// <summary>Stages a block, or returns its memory if it is empty: storage refuses a block without bytes.</summary>
    public void StageOrDispose(Block block)
    {
        if (block.Length == 0)
        {
            block.Dispose();
            return;
        }

        staging.Stage(block, blocks.NextId(block.Length), _body?.WhenCheckedAsync() ?? Task.CompletedTask);
        Blocks++;
    }

    /// <summary>Drops the block that was being filled, if nobody took it.</summary>
    public void Dispose() => Take()?.Dispose();

    /// <inheritdoc/>
    public bool TryGiveBack()
    {
        lock (_gate)
        {
            if (!_isWaiting || _block is null
                || (time.GetElapsedTime(_waitingSince) < ShortWait && time.GetElapsedTime(_heldSince) < LongHold))
            {
                return false;
            }

            if (Waited > RateGrace && BytesPerSecond < options.MinBytesPerSecond)
            {
                sender.Idle.GiveUp(
                    $"The client sent less than {options.MinBytesPerSecond} bytes a second while others waited for memory "
                        + $"(Sluice:Memory:MinBytesPerSecond).");
                return true;
            }

            if (!MayBeShort)
            {
                // It was so slow that it has used up its small blocks: the only choice left is to end it.
                if (time.GetElapsedTime(_waitingSince) < RateGrace)
                {
                    return false;
                }

                sender.Idle.GiveUp($"The client sent nothing for {RateGrace.TotalSeconds} seconds while others waited for memory.");
                return true;
            }

            // It starts small again.
            StageFilled(_block);
            _filledBefore = 0;
            return true;
        }
    }

    // An empty read consumes no byte and needs no memory: meanwhile others may reclaim what is held.
    private async ValueTask<BodyRead> WaitForBytesAsync(BodySource body, CancellationToken cancellationToken)
    {
        var pending = body.ReadAsync(Memory<byte>.Empty, cancellationToken);
        if (pending.IsCompleted)
        {
            return await pending;
        }

        lock (_gate)
        {
            (_isWaiting, _waitingSince) = (true, time.GetTimestamp());
        }

        try
        {
            return await pending;
        }
        finally
        {
            lock (_gate)
            {
                _isWaiting = false;
            }
        }
    }

    private async ValueTask<Failure?> MakeRoomAsync(BodySource body, CancellationToken cancellationToken)
    {
        if (_block is not { } block)
        {
            return await RentAsync(body, cancellationToken);
        }

        if (!IsFull(block))
        {
            if (block.Length < block.Capacity || (!IsLimited && Memory.TryGrow(block, block.Capacity + BlockPool.SegmentBytes)))
            {
                return null;
            }
        }

        StageFilled(block);
        return await RentAsync(body, cancellationToken);
    }

    private async ValueTask<Failure?> RentAsync(BodySource body, CancellationToken cancellationToken)
    {
        if (!blocks.Plan.Has(Blocks))
        {
            // The body exceeds the plan, unless blocks had to be small.
            var beyond = await body.ReadAsync(new byte[1], cancellationToken);
            return beyond.Failure ?? new Failure(
                FailureKind.OverBudget, Phase.Transfer,
                "So little memory was free that the body needed too many small blocks. Send the body again later.")
            { RetryAfter = RetryAfter };
        }

        if (!MayBeShort && IsLimited)
        {
            return new Failure(
                FailureKind.BodyTooLarge, Phase.Transfer, "The body is too large to be accepted before its sender is verified.");
        }

        await staging.WhenFewerAsync(IsLimited);

        // A block that has to have its planned size is rented whole, before its first byte: an upload that waits in line holds nothing.
        var least = MayBeShort ? BlockPool.SegmentBytes : blocks.Plan.BlockBytes(Blocks);
        while (!cancellationToken.IsCancellationRequested && !Memory.TryRent(least, out _block))
        {
            // As much as it filled the last time: blocks of a steady sender stay large.
            var bytes = IsLimited
                ? least
                : Math.Clamp(_filledBefore, least, Math.Max(least, Math.Min(Memory.FairBytes, blocks.Plan.BlockBytes(Blocks))));
            var hadOwn = staging.HasAny;
            _block = await Memory.RentAsync(bytes, orLess: MayBeShort, options.WaitTimeout, cancellationToken);

            // The memory of its blocks in flight returns to it, however long storage takes: the client is not told to retry because of
            // that.
            if (_block is not null || !hadOwn)
            {
                break;
            }

            await staging.WhenAnyAsync();
        }

        _heldSince = time.GetTimestamp();
        return _block is null ? NoMemory(cancellationToken) : null;
    }

    private Failure NoMemory(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? new Failure(FailureKind.ClientGone, Phase.Transfer, "The client disconnected while its upload waited for memory.")
        : new Failure(
            FailureKind.OverBudget, Phase.Transfer,
            "No memory for bodies became free (Sluice:Memory:BudgetBytes). Send the body again later.")
        { RetryAfter = RetryAfter };

    private TimeSpan RetryAfter => options.WaitTimeout + TimeSpan.FromSeconds(1);

    private bool IsFull(Block block) => block.Length >= blocks.Plan.BlockBytes(Blocks);

    private void StageFilled(Block block)
    {
        (_block, _filledBefore) = (null, block.Capacity);
        StageOrDispose(block);
    }

    private Block? Take()
    {
        lock (_gate)
        {
            (var block, _block) = (_block, null);
            return block;
        }
    }
}
