using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Peek;
using Sluice.Rights;
using Sluice.Routing;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>One upload in progress: the frame of its body, and what is known of it so far.</summary>
internal sealed class UploadContext(Upload upload, UploadFrames frames) : UploadFrame(frames, upload.CallerId), IAsyncDisposable
{
    /// <summary>The upload, as its sender described it, the rights of its sender limit it, and the app's own code decided on it.</summary>
    public Upload Upload { get; private set; } = upload;

    /// <summary>What was counted of it before its first byte was read; null as long as it has not been counted.</summary>
    public QuotaReservation? Reserved { get; private set; }

    /// <summary>Its destination, once known.</summary>
    public Destination? Destination { get; set; } = upload.Destination;

    /// <summary>The rule that chose it, if one did.</summary>
    public string? Rule { get; set; }

    /// <summary>The result of the peek, if there was one.</summary>
    public PeekResult? Peek { get; set; }

    /// <summary>The client already has a service's response, although the blob's name was taken.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Its body under guard, once it is read.</summary>
    public GuardedBody? Body { get; set; }

    private string Named => Destination?.ToString() ?? Upload.Router!.Label;

    /// <summary>Replaces the upload by one that the rights of its sender limit.</summary>
    public void Grant(Upload granted) => Upload = granted;

    /// <summary>Keeps what was counted of it, and limits it to what the quotas leave.</summary>
    public void Count(QuotaReservation reserved) =>
        (Reserved, Upload) = (reserved, Upload with { MaxBytes = Upload.Least(Upload.MaxBytes, reserved.MaxBytes) });

    /// <summary>The app's own code has decided about it.</summary>
    public void Decide(Upload decided) => (Upload, Destination) = (decided, decided.Destination);

    /// <inheritdoc cref="QuotaReservation.Blame"/>
    public Failure Blame(Failure failure) => Reserved is { } reserved ? reserved.Blame(failure) : failure;

    /// <summary>Counts what arrived of it.</summary>
    public ValueTask SettleAsync() => Reserved is { } reserved ? reserved.SettleAsync(Body?.Bytes ?? 0) : default;

    /// <summary>Makes a body visible, all of which is in storage or in one block, and reports it.</summary>
    public async ValueTask<Result<Receipt>> CommitAsync(IBlobUpload blob, BlobWrite write, long bytes, IReadOnlyList<Digest> digests)
    {
        // The commit has a span of its own, separate from the transfer's.
        Leave();
        return (await blob.CommitAsync(digests)).TryGet(out var committed, out var failure)
            ? Receipt(write, committed, bytes, digests)
            : failure;
    }

    /// <summary>Reports a committed blob.</summary>
    public Receipt Receipt(BlobWrite write, Committed committed, long bytes, IReadOnlyList<Digest> digests)
    {
        Stored(write.Target, bytes, committed.Blocks);
        return new Receipt(
            write.Target.Container,
            write.Target.Name,
            bytes,
            Upload.Properties.ContentType,
            Peek?.MediaType,
            write.Properties.ContentType!,
            committed.Blocks,
            committed.ETag,
            committed.LastModified,
            Digest.Reported(digests),
            ElapsedMilliseconds);
    }

    /// <summary>Its bytes are stored already.</summary>
    public UploadOutcome Repeated(Duplicate duplicate)
    {
        Logger.Duplicate(duplicate.Target.Container, duplicate.Target.Name, ElapsedMilliseconds);
        return new UploadOutcome(null, Answered: false) { Duplicate = duplicate };
    }

    /// <summary>Its sender only checks whether the endpoint is alive, and gets a response.</summary>
    public UploadOutcome Challenged(ChallengeReply challenge)
    {
        Logger.Challenged(Named);
        return new UploadOutcome(null, Answered: false) { Challenge = challenge };
    }

    /// <summary>It was stored next to other bytes of the same name.</summary>
    public UploadOutcome Beside(UploadOutcome delivery, string suffix)
    {
        Logger.StoredBeside(delivery.Receipt!.Container, delivery.Receipt.Name);
        return delivery with { Suffix = suffix };
    }

    /// <summary>The result to report when the client already has a service's response: the fate of the blob is only in the log.</summary>
    public Result<UploadOutcome> Settled(Result<UploadOutcome> taken)
    {
        if (!IsAnswered)
        {
            return taken;
        }

        if (taken.TryGet(out var delivery, out var failure))
        {
            return delivery with { Answered = true };
        }

        Tolerated(failure);
        return new UploadOutcome(null, Answered: true);
    }

    /// <summary>A failure of one side of a tee, tolerated by its rule.</summary>
    public void Tolerated(Failure failure) => Tolerated(failure, Named);

    /// <summary>Ends the upload, successful or not.</summary>
    public void End(Failure? failure, OutcomeKind success = OutcomeKind.Stored)
    {
        End(failure, Named, success);
        // Of a delivery that anybody may have forged, nobody is told.
        if (failure is not null && Upload.IsVouchedFor?.Invoke() != false)
        {
            Listener?.Failed(Note(), failure);
        }

        if (IsRecorded)
        {
            // The others are evident from other tags: a blob's bytes, a target, an error.
            Set(
                "sluice.outcome",
                failure is null && success is (OutcomeKind.Duplicate or OutcomeKind.Answered) ? SluiceMetrics.NameOf(success) : null);
            Set("sluice.container", Destination?.Store?.Container);
            Set("sluice.blob", Destination?.Store?.Name);
            Set("sluice.target", Destination?.Relay?.Target);
            Set("sluice.rule", Rule);
            Set("sluice.declared_bytes", Upload.Length);
            Set("sluice.media_type", Peek?.MediaType);
        }
    }

    private UploadNote Note() => new(Upload.Id, Upload.Origin(Rule, Peek?.MediaType))
    {
        Target = Destination?.Store,
        Length = Upload.Length,
        Metadata = Upload.Properties.Metadata,
    };

    public async ValueTask DisposeAsync()
    {
        await SettleAsync();
        Dispose();
    }
}
