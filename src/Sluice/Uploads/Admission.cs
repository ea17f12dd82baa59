using Microsoft.Extensions.Options;
using Sluice.Failures;
using Sluice.Memory;
using Sluice.Names;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// What can be refused before the first byte is read: a client that waits for <c>100 Continue</c> then never sends its body.
/// </summary>
internal sealed class Admission(
    BlobReader reader, BlockPool pool, IOptions<BlobOptions> blob, IOptions<BodyOptions> body, IOptions<MemoryOptions> memory)
{
    // A block that one upload holds alone may take a quarter of the budget: above that, blocks pass through.
    private long LargestHeldBytes => Math.Max(blob.Value.BlockBytes, pool.BudgetBytes / 4 / BlockPool.SegmentBytes * BlockPool.SegmentBytes);

    /// <summary>The plan for a body of this length.</summary>
    public BlockPlan PlanFor(long? length) => BlockPlan.For(length, blob.Value.BlockBytes, blob.Value.MaxBlocks, LargestHeldBytes);

    /// <summary>The largest body that the plan and the configuration allow.</summary>
    public long MaxBytes(BlockPlan plan) => Math.Min(body.Value.MaxBytes ?? long.MaxValue, plan.MaxBytes);

    /// <summary>The largest body that can be stored when it declares its length, which then decides the size of its blocks.</summary>
    public long MaxDeclaredBytes => MaxBytes(PlanFor(blob.Value.MaxBlocks * BlockPlan.LargestBlockBytes));

    /// <summary>The largest body that can be stored in blocks that memory can hold.</summary>
    public long MaxHeldBytes => Math.Min(body.Value.MaxBytes ?? long.MaxValue, BlockPlan.LargestHeldBody(blob.Value.MaxBlocks, LargestHeldBytes));

    /// <summary>The plan for the rest of a body, of which some blocks are there; null where the blocks that are left can't hold it.</summary>
    /// <param name="bytes">How long the rest is, if that is known.</param>
    /// <param name="blocks">How many blocks are there.</param>
    public BlockPlan? PlanForRest(long? bytes, int blocks)
    {
        var left = blob.Value.MaxBlocks - blocks;
        if (left <= 0)
        {
            return null;
        }

        var plan = bytes is null ? PlanFor(null).After(blocks) : BlockPlan.For(bytes, blob.Value.BlockBytes, left, LargestHeldBytes);
        return plan.PassThrough ? null : plan;
    }

    /// <summary>Says why a target can't be written or read, or null.</summary>
    public Failure? CheckTarget(BlobTarget target)
    {
        if (!blob.Value.Containers.Contains(target.Container))
        {
            return new Failure(FailureKind.ContainerUnknown, Phase.Admit, $"'{target.Container}' is not a container that is open here (Sluice:Blob:Containers).");
        }

        return BlobName.Problem(target.Name) is { } problem ? new Failure(FailureKind.NameInvalid, Phase.Admit, problem) : null;
    }

    /// <summary>Says why a body of this length can't be stored, or null.</summary>
    public static Failure? CheckLength(long? length, long maxBytes) => length > maxBytes
        ? new Failure(FailureKind.BodyTooLarge, Phase.Admit, $"The body is declared as {length} bytes; {maxBytes} are possible.") { LimitBytes = maxBytes }
        : null;

    /// <summary>A body that is stored once, under that name or beside it.</summary>
    /// <param name="name">The name that was chosen for it.</param>
    /// <param name="head">The SHA-256 of what the peek saw.</param>
    /// <param name="isWhole">That was all of it.</param>
    /// <param name="length">Its declared length, if any.</param>
    public Deduplication Once(BlobTarget name, byte[] head, bool isWhole, long? length) => new(reader, name, head, isWhole, length);

    /// <summary>
    /// Checks everything about an upload that needs no byte of it, cheapest first; then waits until there would be memory for its first bytes. It takes none:
    /// whoever has sent nothing holds nothing. Null when it is admitted.
    /// </summary>
    public async ValueTask<Failure?> AdmitAsync(Upload upload, Destination destination, BlockPlan plan, CancellationToken cancellationToken)
    {
        if (destination.Relay is { } relay && upload.Downstreams.Check(relay) is { } unrelayed)
        {
            return unrelayed;
        }

        if (destination.Store is not { } target)
        {
            return CheckLength(upload.Length, MaxBytes(upload, destination, plan));
        }

        if ((CheckTarget(target) ?? CheckLength(upload.Length, MaxBytes(upload, destination, plan))) is { } failure)
        {
            return failure;
        }

        if (upload.Properties.Problem() is { } problem)
        {
            return new Failure(FailureKind.HeaderInvalid, Phase.Admit, problem);
        }

        if (upload.Condition.IsSet && await CheckConditionAsync(target, upload.Condition, cancellationToken) is { } unmet)
        {
            return unmet;
        }

        return plan.PassThrough || upload.Length == 0 ? null : await WhenMemoryAsync(upload.Caller, cancellationToken);
    }

    /// <summary>The largest body that may go to a destination, in bytes.</summary>
    public long MaxBytes(Upload upload, Destination destination, BlockPlan plan) => Math.Min(
        Math.Min(upload.MaxBytes ?? long.MaxValue, destination.Store is null ? body.Value.MaxBytes ?? long.MaxValue : MaxBytes(plan)),
        destination.Relay is { } relay ? upload.Downstreams.MaxBytes(relay) ?? long.MaxValue : long.MaxValue);

    /// <summary>Waits until a caller would get memory for first bytes. Null when it would.</summary>
    public async ValueTask<Failure?> WhenMemoryAsync(string caller, CancellationToken cancellationToken)
    {
        if (pool.IsFree)
        {
            return null;
        }

        using var turn = await pool.Open(caller).RentAsync(BlockPool.SegmentBytes, orLess: false, memory.Value.WaitTimeout, cancellationToken);
        return turn is not null
            ? null
            : cancellationToken.IsCancellationRequested
                ? new Failure(FailureKind.ClientGone, Phase.Admit, "The client left while its upload waited for memory.")
                : new Failure(FailureKind.OverBudget, Phase.Admit, "All memory for bodies is in use (Sluice:Memory:BudgetBytes); send it again later.")
                {
                    RetryAfter = memory.Value.WaitTimeout + TimeSpan.FromSeconds(1),
                };
    }

    private async ValueTask<Failure?> CheckConditionAsync(BlobTarget target, WriteCondition condition, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(target, Phase.Admit, cancellationToken);
        if (!found.TryGet(out var current, out var failure))
        {
            return failure;
        }

        return condition.Allows(current?.ETag, current?.LastModified)
            ? null
            : new Failure(FailureKind.PreconditionFailed, Phase.Admit, current is null ? "There is no such blob." : "The blob is there, and is not the one asked for.");
    }
}
