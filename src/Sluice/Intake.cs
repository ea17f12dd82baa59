using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Memory;
using Sluice.Peek;
using Sluice.Sinks;
using Sluice.Sinks.Blob;

namespace Sluice;

/// <summary>
/// One upload, from the request to the commit. Failures are values; whatever happens, nothing is visible before step 6.
/// <code>
///               1 admit          2 peek          3 route       4 open        5 transfer          6 seal
/// request ---> length, name, --> first bytes, -> media type -> block    ---> guarded body ---> digest, length:
///              condition,        none consumed   and target    upload        block by block    commit, or abandon
///              memory
/// </code>
/// Steps 0 (bind) and 7 (answer) belong to the endpoint.
/// </summary>
internal sealed class Intake(
    Admission admission,
    IBodySinks sinks,
    IOptions<BodyOptions> body,
    IOptions<PeekOptions> peek,
    TimeProvider time,
    ILogger<Intake> logger)
{
    /// <summary>Stores a body. <paramref name="aborted"/> says that its sender went away.</summary>
    public async ValueTask<Result<Receipt>> StoreAsync(Upload upload, CancellationToken aborted)
    {
        var started = time.GetTimestamp();
        using var activity = SluiceDiagnostics.StartUpload(upload.Target);
        using var active = SluiceDiagnostics.Active();

        var result = await StoreCoreAsync(upload, started, aborted);

        var elapsed = time.GetElapsedTime(started);
        if (result.TryGet(out var receipt, out var failure))
        {
            logger.Stored(receipt.Container, receipt.Name, receipt.Bytes, receipt.Blocks, receipt.ElapsedMilliseconds);
            SluiceDiagnostics.Stored(receipt.Bytes, elapsed);
        }
        else
        {
            logger.NotStored(failure, upload.Target);
            SluiceDiagnostics.Failed(failure, elapsed);
            activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, failure.Kind.ToString());
        }

        return result;
    }

    private async ValueTask<Result<Receipt>> StoreCoreAsync(Upload upload, long started, CancellationToken aborted)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        using var idle = new IdleTimer(body.Value.IdleTimeout, time, ends);

        // 1 admit
        var plan = admission.PlanFor(upload.Length);
        if (await admission.CheckAsync(upload, plan, ends.Token) is { } refused)
        {
            return refused;
        }

        Block? first = null;
        if (!plan.PassThrough && !(await admission.RentFirstBlockAsync(upload, plan, ends.Token)).TryGet(out first, out refused))
        {
            return refused;
        }

        // 2 peek
        if (!(await PeekAsync(upload, first, idle, ends.Token)).TryGet(out var seen, out var failure))
        {
            return failure;
        }

        // 3 route
        var mediaType = MediaTypeChoice.Stored(upload.Properties.ContentType, seen.MediaType);
        var write = new BlobWrite(Guid.NewGuid(), upload.Target, upload.Properties with { ContentType = mediaType }, upload.Condition, upload.Length);

        // 4 open
        await using var sink = sinks.Open(write, plan, first);
        using var guarded = new GuardedBody(upload.Body, idle, upload.Length, admission.MaxBytes(plan));

        // 5 transfer
        if (await sink.TransferAsync(guarded, ends.Token) is { } broken)
        {
            return broken;
        }

        // 6 seal
        var sha256 = guarded.Sha256();
        var sealing = await sink.CommitAsync(sha256);
        return sealing.TryGet(out var committed, out failure)
            ? new Receipt(
                upload.Target.Container,
                upload.Target.Name,
                guarded.Bytes,
                upload.Properties.ContentType,
                seen.MediaType,
                mediaType,
                committed.Blocks,
                committed.ETag,
                committed.LastModified,
                new Dictionary<string, string> { ["sha-256"] = Convert.ToBase64String(sha256) },
                (long)time.GetElapsedTime(started).TotalMilliseconds)
            : failure;
    }

    // Until a sink has it, the first block is ours to give back, whatever goes wrong.
    private async ValueTask<Result<Sighting>> PeekAsync(Upload upload, Block? first, IdleTimer idle, CancellationToken cancellationToken)
    {
        var seen = default(Result<Sighting>?);
        try
        {
            seen = await BodyHead.PeekAsync(upload.Body, peek.Value.WindowBytes, idle, Sighting.Of, cancellationToken);
            return seen.Value;
        }
        finally
        {
            if (seen is not { Failure: null })
            {
                first?.Dispose();
            }
        }
    }
}
