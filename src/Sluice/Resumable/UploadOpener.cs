using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>Step 2 of <see cref="ResumableUploads"/>: takes over an upload, or returns what became of it.</summary>
internal sealed class UploadOpener(ChainStore store, ActiveAppends appends, TimeProvider time)
{
    // Longer than a commit may take (UploadCompletion): a writer that announced one and has been silent since can't do it any more.
    private static readonly TimeSpan CommitPatience = UploadCompletion.CommitTime + TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BusyTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BusyStep = TimeSpan.FromMilliseconds(100);

    /// <summary>The failure for a cancelled or invalid upload.</summary>
    public static Failure Cancelled() => Gone("The upload was cancelled, or got more bytes than its length.");

    /// <summary>Whether an upload accepts no more bytes.</summary>
    public bool HasExpired(UploadTicket ticket) => time.GetUtcNow() >= ticket.Expires;

    /// <inheritdoc cref="ChainWriter.CreateAsync"/>
    public ValueTask<Result<ChainWriter>> CreateAsync(
        UploadTicket ticket, ChainBlockFlags flags, CancellationToken cancellationToken) =>
        ChainWriter.CreateAsync(store, ticket, time, flags, cancellationToken);

    /// <inheritdoc cref="ChainWriter.OpenOrBeginAsync"/>
    public ValueTask<Result<ChainWriter>> OpenOrBeginAsync(UploadTicket ticket, CancellationToken cancellationToken) =>
        ChainWriter.OpenOrBeginAsync(store, ticket, time, cancellationToken);

    /// <summary>Takes over an upload, once no commit of it is in progress, and with all bytes that have arrived at this instance.</summary>
    public async ValueTask<Result<ChainWriter>> OpenAsync(UploadTicket ticket, CancellationToken cancellationToken)
    {
        if (HasExpired(ticket))
        {
            return await IsDoneAsync(ticket, Gone("The upload has expired; begin another one."), cancellationToken);
        }

        await appends.FinishAsync(ticket.Id, cancellationToken);
        if (!(await ChainWriter.OpenAsync(store, ticket, time, cancellationToken)).TryGet(out var writer, out var failure))
        {
            return failure;
        }

        for (var started = time.GetTimestamp(); ;)
        {
            if (writer.Reading.State is not { } state)
            {
                return await IsDoneAsync(
                    ticket, Gone("Nothing is left of the upload: another one of its name was stored, or it is too old. Begin another one."),
                    cancellationToken);
            }

            if (state.CommitsAt is not { } announced || writer.Reading.Now - announced > CommitPatience)
            {
                return state.IsCancelled ? Cancelled() : writer;
            }

            // Another request is committing it, or died while doing so.
            if (time.GetElapsedTime(started) > BusyTime)
            {
                return new Failure(
                    FailureKind.UploadBusy, Phase.Open,
                    "Another request is completing the upload. Try again later.")
                { RetryAfter = BusyTime };
            }

            await Task.Delay(BusyStep, time, cancellationToken);
            if (await writer.LookAsync(keepData: false, cancellationToken) is { } overtaken && writer.Reading.State is not null)
            {
                return overtaken;
            }
        }
    }

    /// <summary>The state of a complete upload: its blob tells which upload made it.</summary>
    public async ValueTask<Result<UploadStatus>> FindDoneAsync(UploadTicket ticket, CancellationToken cancellationToken) =>
        !(await store.FindBlobAsync(ticket.Target, Phase.Read, cancellationToken)).TryGet(out var stored, out var failure) ? failure
        : stored is null || !ChainStore.IsOf(stored, ticket) ? Gone("There is no such upload any more.")
        : new UploadStatus(ticket, stored.Length, stored.Length, true) { Stored = stored };

    private async ValueTask<Failure> IsDoneAsync(UploadTicket ticket, Failure otherwise, CancellationToken cancellationToken) =>
        (await FindDoneAsync(ticket, cancellationToken)).Failure is { } failure
            ? failure.Kind == FailureKind.UploadGone ? otherwise : failure
            : new Failure(FailureKind.UploadCompleted, Phase.Open, "The upload is complete and accepts no more bytes.");

    private static Failure Gone(string detail) => new(FailureKind.UploadGone, Phase.Open, detail);
}
