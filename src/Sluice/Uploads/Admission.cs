using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Callers;
using Sluice.Digests;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Memory;
using Sluice.Names;
using Sluice.Rights;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// Checks that can refuse a body before its first byte is read: a client that waits for <c>100 Continue</c> then never sends it.
/// </summary>
internal sealed class Admission(
    BlobReader reader, BlockPool pool, IOptions<BlobOptions> blob, IOptions<BodyOptions> body, IOptions<MemoryOptions> memory,
    IOptions<DigestOptions> digests, RightsTable rights, Quotas quotas)
{
    private readonly ContainerFeatures _features = ContainerFeatures.Compile(blob.Value, []);

    // A block that one upload holds alone may take a quarter of the budget: larger blocks pass through.
    private long LargestHeldBytes =>
        Math.Max(blob.Value.BlockBytes, pool.BudgetBytes / 4 / BlockPool.SegmentBytes * BlockPool.SegmentBytes);

    /// <summary>The most blocks that a blob may have.</summary>
    public int MaxBlocks => blob.Value.MaxBlocks;

    /// <summary>The digests that are computed of every stored body.</summary>
    public IEnumerable<DigestAlgorithm> Digests => DigestAlgorithm.Of(digests.Value.Compute);

    /// <summary>The plan for a body of this length.</summary>
    public BlockPlan PlanFor(long? length) => BlockPlan.For(length, blob.Value.BlockBytes, blob.Value.MaxBlocks, LargestHeldBytes);

    /// <summary>The largest body of a request that the configuration allows.</summary>
    public long MaxBodyBytes => body.Value.MaxBytes ?? long.MaxValue;

    /// <summary>The largest body that the plan and the configuration allow.</summary>
    public long MaxBytes(BlockPlan plan) => Math.Min(MaxBodyBytes, plan.MaxBytes);

    /// <summary>The largest body that can be stored when it declares its length, which then determines the size of its blocks.</summary>
    public long MaxDeclaredBytes => MaxBytes(PlanFor(blob.Value.MaxBlocks * BlockPlan.LargestBlockBytes));

    /// <summary>The largest body that can be stored in blocks that fit in memory.</summary>
    public long MaxHeldBytes =>
        Math.Min(MaxBodyBytes, BlockPlan.LargestHeldBody(blob.Value.MaxBlocks, LargestHeldBytes));

    /// <summary>
    /// The plan for the rest of a body of which some blocks are already stored; null if the remaining blocks can't hold it.
    /// </summary>
    /// <param name="bytes">The length of the rest, if known.</param>
    /// <param name="blocks">How many blocks are already stored.</param>
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

    /// <summary>Returns why a caller may not read, list or delete what a request names, or null.</summary>
    public Failure? CheckRight(Caller caller, RightOperation operation, Place place) => rights.Find(caller, operation, place).Failure;

    /// <summary>The rights by which a caller may create or continue a resumable upload; or why it may not.</summary>
    public Result<Grant> FindRight(Caller caller, Place place) => rights.Find(caller, RightOperation.Resume, place);

    /// <summary>The upload with the limits of the rights that its sender has for a destination; or why it has none.</summary>
    public Result<Upload> Grant(Upload upload, Destination destination)
    {
        if (!rights.IsOn || upload.IsOfApp)
        {
            return upload;
        }

        var grant = Rights.Grant.All;
        if (destination.Store is { } blob)
        {
            if (!rights.Find(upload.Identity, upload.Operation, Place.Blob(blob)).TryGet(out grant, out var failure))
            {
                return failure;
            }
        }

        foreach (var service in destination.Services)
        {
            if (!rights.Find(upload.Identity, RightOperation.Relay, Place.Relay(service.Target)).TryGet(out var relays, out var failure))
            {
                return failure;
            }

            grant = grant.With(relays);
        }

        return upload with
        {
            Grant = grant,
            MaxBytes = Upload.Least(upload.MaxBytes, grant.MaxBytes),
            MediaTypes = MediaTypePolicy.Both(upload.MediaTypes, grant.MediaTypes),
        };
    }

    /// <summary>Checks the rights of an upload's sender for a destination, whose limits then apply to it. Null on success.</summary>
    public Failure? Grant(UploadContext context, Destination destination)
    {
        if (Grant(context.Upload, destination).TryGet(out var granted, out var failure))
        {
            context.Grant(granted);
        }

        return failure;
    }

    /// <inheritdoc cref="Quotas.ReserveAsync"/>
    public ValueTask<Result<QuotaReservation>> ReserveAsync(Grant grant, long? length, CancellationToken cancellationToken) =>
        quotas.ReserveAsync(grant, length, cancellationToken);

    /// <summary>Returns why a target can't be written or read, or null.</summary>
    public Failure? CheckTarget(BlobTarget target) => CheckContainer(target.Container)
        ?? (BlobName.Problem(target.Name) is { } problem ? new Failure(FailureKind.NameInvalid, Phase.Admit, problem) : null);

    /// <summary>Returns why a container is not open to clients, or null.</summary>
    public Failure? CheckContainer(string name) => blob.Value.IsOpen(name)
        ? null
        : new Failure(
            FailureKind.ContainerUnknown, Phase.Admit,
            $"'{name}' is not a configured container (Sluice:Blob:Containers or Sluice:Blob:Aliases).");

    /// <summary>Returns why a body of this length can't be stored, or null.</summary>
    public static Failure? CheckLength(long? length, long maxBytes) => length > maxBytes
        ? new Failure(
            FailureKind.BodyTooLarge, Phase.Admit, $"The body is declared as {length} bytes; the maximum is {maxBytes}.")
        { LimitBytes = maxBytes }
        : null;

    /// <summary>A body that is stored once, under that name or one derived from it.</summary>
    /// <param name="name">The name that was chosen for it.</param>
    /// <param name="head">The SHA-256 of the bytes that the peek read.</param>
    /// <param name="isWhole">Whether those were the whole body.</param>
    /// <param name="length">Its declared length, if any.</param>
    public Deduplication Once(BlobTarget name, byte[] head, bool isWhole, long? length) => new(reader, name, head, isWhole, length);

    /// <summary>Returns why an upload is refused, as far as neither its bytes nor storage decide; or null.</summary>
    public Failure? Check(Upload upload, Destination destination, BlockPlan plan)
    {
        foreach (var service in destination.Services)
        {
            if (upload.Downstreams.Check(service) is { } unrelayed)
            {
                return unrelayed;
            }
        }

        if (destination.Later is [_, ..] later && upload.Downstreams.Describe(later).CountBytes() > RelayRequest.MaxBytes)
        {
            return new Failure(
                FailureKind.HeaderInvalid, Phase.Admit,
                $"The headers and the query have more than {RelayRequest.MaxBytes} bytes, "
                    + "and can't be kept for the services that get the body later.");
        }

        if (destination.Store is not { } target)
        {
            return CheckLength(upload.Length, MaxBytes(upload, destination, plan));
        }

        return CheckTarget(target)
            ?? CheckLength(upload.Length, MaxBytes(upload, destination, plan))
            ?? CheckProperties(target, upload.Properties with { Features = upload.Properties.Features.Then(destination.Features) });
    }

    /// <summary>Returns why these can't be stored with a blob, or null.</summary>
    public Failure? CheckProperties(BlobTarget target, BlobProperties properties) =>
        (properties.Problem() ?? _features.Of(target.Container).Then(properties.Features).Problem()) is { } problem
            ? new Failure(FailureKind.HeaderInvalid, Phase.Admit, problem)
            : null;

    /// <summary>
    /// Checks everything about an upload that does not depend on its bytes, cheapest first; then waits until memory for its first bytes
    /// would be available. It reserves none: a client that has sent nothing holds no memory. Null when the upload is admitted.
    /// </summary>
    public async ValueTask<Failure?> CheckAndWaitAsync(
        Upload upload, Destination destination, BlockPlan plan, CancellationToken cancellationToken)
    {
        if (Check(upload, destination, plan) is { } refused)
        {
            return refused;
        }

        if (destination.Store is not { } target)
        {
            return null;
        }

        if (upload.Condition.IsSet && await CheckConditionAsync(target, upload.Condition, cancellationToken) is { } unmet)
        {
            return unmet;
        }

        return plan.PassThrough || upload.Length == 0 ? null : await WhenMemoryAsync(upload.Caller, cancellationToken);
    }

    /// <summary>
    /// Does the same, then counts the upload against the quotas of its sender, once. A delivery that may repeat another one is counted
    /// even if it is refused: if its name is taken, its bytes are read all the same.
    /// </summary>
    public async ValueTask<Failure?> AdmitAsync(
        UploadContext context, Destination destination, BlockPlan plan, CancellationToken cancellationToken)
    {
        var upload = context.Upload;
        var refused = await CheckAndWaitAsync(upload, destination, plan, cancellationToken);
        if (context.Reserved is not null || (refused is not null && !(upload.IsDeduplicated && destination.Store is not null)))
        {
            return refused;
        }

        if (!(await ReserveAsync(upload.Grant, upload.Length, cancellationToken)).TryGet(out var reserved, out var uncounted))
        {
            return uncounted;
        }

        context.Count(reserved);
        return refused;
    }

    /// <summary>The largest body that may go to a destination, in bytes.</summary>
    public long MaxBytes(Upload upload, Destination destination, BlockPlan plan) => Math.Min(
        Math.Min(upload.MaxBytes ?? long.MaxValue, destination.Store is null ? MaxBodyBytes : MaxBytes(plan)),
        destination.Services.Select(service => upload.Downstreams.MaxBytes(service) ?? long.MaxValue)
            .DefaultIfEmpty(long.MaxValue).Min());

    /// <summary>Guards the body of an admitted upload: its idle time, its length, its size, its digests and its further checks.</summary>
    public GuardedBody Guard(Upload upload, RoutedUpload routed, BlockPlan plan, BodyWatch watch)
    {
        // Only a stored body reports digests.
        IEnumerable<DigestAlgorithm> kept =
            routed.Destination.Store is null ? [] : [.. Digests, .. upload.Wants.Wanted, .. routed.Deduplication?.Digests ?? []];
        var computed = new BodyDigests(kept, upload.Digests);
        return new(
            routed.Body,
            watch.Idle,
            upload.Length,
            MaxBytes(upload, routed.Destination, plan),
            computed,
            routed.Deduplication is { } deduplication ? [.. upload.Checks, deduplication.Check(computed)] : upload.Checks);
    }

    /// <summary>Waits until memory for a caller's first bytes would be available. Null on success.</summary>
    public async ValueTask<Failure?> WhenMemoryAsync(string caller, CancellationToken cancellationToken)
    {
        if (pool.IsFree)
        {
            return null;
        }

        using var turn = await pool.Open(caller)
            .RentAsync(BlockPool.SegmentBytes, orLess: false, memory.Value.WaitTimeout, cancellationToken);
        return turn is not null
            ? null
            : cancellationToken.IsCancellationRequested
                ? new Failure(FailureKind.ClientGone, Phase.Admit, "The client disconnected while its upload waited for memory.")
                : new Failure(
                    FailureKind.OverBudget, Phase.Admit,
                    "All memory for bodies is in use (Sluice:Memory:BudgetBytes). Send the body again later.")
                {
                    RetryAfter = memory.Value.WaitTimeout + TimeSpan.FromSeconds(1),
                };
    }

    /// <summary>Returns why a condition does not hold for the blob that is stored now, or null.</summary>
    public async ValueTask<Failure?> CheckConditionAsync(BlobTarget target, WriteCondition condition, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(target, Phase.Admit, cancellationToken);
        if (!found.TryGet(out var current, out var failure))
        {
            return failure;
        }

        return condition.Allows(current?.ETag, current?.LastModified)
            ? null
            : new Failure(
                FailureKind.PreconditionFailed, Phase.Admit,
                current is null ? "The blob does not exist." : "The blob exists, but does not satisfy the precondition.");
    }
}
