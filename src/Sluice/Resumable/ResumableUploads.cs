using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Failures;
using Sluice.Uploads;

namespace Sluice.Resumable;

/// <summary>
/// Uploads that take several requests, each of which may reach any instance. All state is in the blocks:
/// <code>
///             1 admit       2 take over       3 agree        4 transfer        5 look again       6 commit
/// append ---> expiry,   --> announce, look -> offset and --> blocks in    ---> nobody newer? ---> if it is whole
///             shutdown                        length         order, the        else report nothing
///                                                            last one cut
/// </code>
/// </summary>
internal sealed class ResumableUploads(
    ChainStore store, UploadOpener opener, Appender appender, MisplacedAppends misplaced, UploadCompletion completion,
    Concatenation concatenation, UploadFrames<ResumableUploads> frames)
{
    /// <summary>The largest possible upload, in bytes.</summary>
    public long MaxBytes => appender.MaxBytes;

    /// <inheritdoc cref="Appender.Check"/>
    public Failure? Check(UploadTicket ticket) => appender.Check(ticket);

    /// <inheritdoc cref="Appender.CheckConditionAsync"/>
    public ValueTask<Failure?> CheckConditionAsync(UploadTicket ticket, CancellationToken cancellationToken) =>
        appender.CheckConditionAsync(ticket, cancellationToken);

    /// <summary>
    /// Creates an upload, with its first bytes if the request has some. From then on, everything known of it is in its blocks.
    /// </summary>
    /// <param name="ticket">The upload.</param>
    /// <param name="first">Its first bytes.</param>
    /// <param name="watch">Fires when the request has to end.</param>
    /// <param name="announce">Runs once the upload exists, before its first byte is read; null: nothing does.</param>
    public ValueTask<Result<UploadStatus>> CreateAsync(
        UploadTicket ticket, Append? first, BodyWatch watch, Func<ValueTask>? announce = null) =>
        RunAsync(ticket, first is not null, watch, async frame =>
        {
            if ((watch.Refusal ?? appender.Check(ticket)
                ?? first?.Disagreement(ticket.Length) ?? first?.Excess(appender.MaxBytesOf(ticket))) is { } refused)
            {
                return refused;
            }

            // An upload of no bytes is complete at once.
            first ??= ticket.IsWhole(0, ticket.Length) ? new Append { Body = IncomingBody.Of([]), Offset = 0, Length = 0 } : null;
            var flags = first is null ? ChainBlockFlags.Fence : FlagsOf(ticket, first);
            if (!(await opener.CreateAsync(ticket, flags, watch.Token)).TryGet(out var writer, out var failure))
            {
                return failure;
            }

            frame.Logger.Created(ticket.Target.Container, ticket.Target.Name, ticket.Length, ticket.Sender ?? SluiceLog.Nobody);
            if (ticket.Role != UploadRole.Part)
            {
                frame.Listener?.Created(ticket.Note, ticket.Expires);
            }

            if (first is null)
            {
                return new UploadStatus(ticket, 0, ticket.Length, false);
            }

            await (announce?.Invoke() ?? default);
            return await TakeAsync(frame, writer, ticket, first, watch);
        }, creates: true);

    /// <summary>Appends bytes to an upload.</summary>
    public ValueTask<Result<UploadStatus>> AppendAsync(UploadTicket ticket, Append append, BodyWatch watch) =>
        RunAsync(ticket, hasBody: true, watch, async frame =>
        {
            // 1 admit
            if (watch.Refusal is { } refused)
            {
                return refused;
            }

            // 2 take over
            if (!(await opener.OpenAsync(ticket, watch.Token)).TryGet(out var writer, out var failure))
            {
                return failure.Kind == FailureKind.UploadCompleted ? await misplaced.RepeatAsync(ticket, append, failure, watch) : failure;
            }

            // 3 agree
            if (append.Offset != writer.State.Offset)
            {
                return await misplaced.AnswerAsync(writer, ticket, append, watch);
            }

            var length = ticket.LengthIn(writer.State);
            if ((append.Disagreement(length) ?? append.Excess(appender.MaxBytesOf(ticket))) is { } disagreement)
            {
                return disagreement;
            }

            if (length is null && append.UploadLength is { } declared
                && await writer.DeclareAsync(declared, watch.Token) is { } undeclared)
            {
                return undeclared;
            }

            return await writer.LinkAsync(FlagsOf(ticket, append), watch.Token) is { } unlinked
                ? unlinked
                : await TakeAsync(frame, writer, ticket, append, watch);
        });

    /// <summary>Creates one upload from others that are its parts, each of them complete.</summary>
    /// <param name="ticket">The upload.</param>
    /// <param name="parts">Its parts, in order.</param>
    /// <param name="field">tus: <c>Upload-Concat</c> as it came, which is returned on request.</param>
    /// <param name="watch">Fires when the request has to end.</param>
    public ValueTask<Result<UploadStatus>> ConcatenateAsync(
        UploadTicket ticket, IReadOnlyList<UploadTicket> parts, string field, BodyWatch watch) =>
        RunAsync(ticket, hasBody: false, watch, _ => concatenation.RunAsync(ticket, parts, field, watch), creates: true);

    /// <summary>
    /// Returns an upload's state. Ends a request that still writes to it: the client has given that request up, or it would not ask.
    /// </summary>
    public ValueTask<Result<UploadStatus>> FindAsync(UploadTicket ticket, BodyWatch watch) =>
        RunAsync(ticket, hasBody: false, watch, async _ =>
        {
            if (!(await store.ReadAsync(ticket, keepData: false, Phase.Read, watch.Token)).TryGet(out var reading, out var failure))
            {
                return failure;
            }

            if (reading.State is null || opener.HasExpired(ticket))
            {
                return await opener.FindDoneAsync(ticket, watch.Token);
            }

            // A commit that was announced before the cancellation may still happen.
            if (reading.State is { IsCancelled: true, CommitsAt: null })
            {
                return UploadOpener.Cancelled();
            }

            var length = ticket.LengthIn(reading.State);
            if (reading.State is { IsQuiet: true, CommitsAt: null } quiet && !ticket.IsWhole(quiet.Offset, length))
            {
                return new UploadStatus(ticket, quiet.Offset, length, false);
            }

            if (!(await opener.OpenAsync(ticket, watch.Token)).TryGet(out var writer, out failure))
            {
                return failure.Kind == FailureKind.UploadCompleted ? await opener.FindDoneAsync(ticket, watch.Token) : failure;
            }

            return await completion.SettleAsync(writer, ticket, watch.Token);
        });

    /// <summary>Cancels an upload. Storage removes its blocks within a week.</summary>
    public ValueTask<Result<UploadStatus>> CancelAsync(UploadTicket ticket, BodyWatch watch) =>
        RunAsync(ticket, hasBody: false, watch, async _ =>
            !(await opener.OpenAsync(ticket, watch.Token)).TryGet(out var writer, out var failure) ? failure
            : await CancelAsync(writer, watch.Token) is { } uncancelled ? uncancelled
            : new UploadStatus(ticket, writer.State.Offset, ticket.Length, false));

    private async ValueTask<Result<UploadStatus>> TakeAsync(
        UploadFrame frame, ChainWriter writer, UploadTicket ticket, Append append, BodyWatch watch)
    {
        // 4 transfer
        frame.Enter(Phase.Transfer);
        var length = ticket.LengthIn(writer.State) ?? append.UploadLength;
        using var active = appender.Begin(ticket.Id);
        var taken = await appender.TakeAsync(writer, ticket, append, length, watch, active);
        var unread = taken.TryGet(out var outcome, out var failure) ? outcome.Cut : failure;
        if (unread is { Kind: FailureKind.UploadLengthInconsistent } beyond)
        {
            return await InvalidateAsync(writer, ticket, beyond);
        }

        if (outcome is null)
        {
            return failure!;
        }

        // An upload with a mismatch is not closed: bytes that count only after a close then do not count.
        var whole = (outcome.IsAll && append.Completes) || ticket.IsWhole(outcome.End, length);
        if (whole && Mismatch(ticket, outcome, length) is { } mismatch)
        {
            return mismatch;
        }

        if (outcome.Whole is { } digest && outcome.End > append.Offset
            && await writer.KeepAsync(digest.Save(), CancellationToken.None) is { } unkept)
        {
            return unkept;
        }

        // 5 look again, 6 commit: if all bytes are stored, the upload is complete, however the request ended.
        if (outcome.Cut is { } lost)
        {
            frame.FailStage(watch.Blame(lost));
        }

        frame.Leave();
        frame.Deactivate();
        var status = await completion.CompleteAsync(writer, ticket, outcome.End, whole, outcome.Digests);
        if (ticket.Role != UploadRole.Part && status.TryGet(out var advanced, out _) && !advanced.IsComplete)
        {
            frame.Listener?.Advanced(ticket.Note with { Length = advanced.Length }, append.Offset, advanced.Offset);
        }

        return outcome.Cut is { } cut && !(status.TryGet(out var done, out _) && done.IsComplete) ? cut : status;
    }

    // draft-ietf-httpbis-resumable-upload, section 4.4.2: an upload that gets more bytes than its length is invalid from then on. In the
    // other protocols, it stays as it is. The bytes of a writer that was overtaken mean nothing, whatever they are.
    private static async ValueTask<Failure> InvalidateAsync(ChainWriter writer, UploadTicket ticket, Failure beyond) =>
        ticket.Dialect != UploadDialect.Http ? beyond
        : await writer.LookAsync(keepData: false, CancellationToken.None)
            ?? await CancelAsync(writer, CancellationToken.None)
            ?? beyond with { Detail = $"{beyond.Detail} The upload is invalid now." };

    private static async ValueTask<Failure?> CancelAsync(ChainWriter writer, CancellationToken cancellationToken) =>
        await writer.CancelAsync(cancellationToken) ?? await writer.LookAsync(keepData: false, cancellationToken);

    private static Failure? Mismatch(UploadTicket ticket, AppendOutcome outcome, long? length)
    {
        if (length is not null && outcome.End != length)
        {
            return Append.Inconsistent(Phase.Seal, $"The upload was declared as {length} bytes, and ended after {outcome.End}.");
        }

        return outcome.Whole?.Compare(ticket.Sha256!);
    }

    private async ValueTask<Result<UploadStatus>> RunAsync(
        UploadTicket ticket, bool hasBody, BodyWatch watch, Func<UploadFrame, ValueTask<Result<UploadStatus>>> run, bool creates = false)
    {
        using var frame = new UploadFrame(frames, ticket.Sender, hasBody);
        Result<UploadStatus> result;
        try
        {
            result = await EnterAsync();
        }
        catch (OperationCanceledException) when (watch.Token.IsCancellationRequested)
        {
            result = new Failure(FailureKind.ClientGone, Phase.Open, "The client disconnected before the response was sent.");
        }

        var failure = result.Failure is { } blamed ? watch.Blame(blamed) : null;
        var status = result.TryGet(out var found, out _) ? found : null;
        if (status?.Committed is { } committed)
        {
            frame.Stored(ticket.Target, status.Offset, committed.Blocks);
        }

        frame.End(failure, ticket.ToString(), status?.Committed is null ? null : OutcomeKind.Stored);
        if (failure is not null && (creates || EndsUpload(failure.Kind)))
        {
            frame.Listener?.Failed(ticket.Note, failure);
        }

        if (frame.IsRecorded)
        {
            frame.Set("sluice.container", ticket.Target.Container);
            frame.Set("sluice.blob", ticket.Target.Name);
            frame.Set("sluice.offset", status?.Offset);
        }

        return failure ?? (Result<UploadStatus>)(status! with { Took = frame.Elapsed });

        // In a method of its own: a span that is entered further down is current only there.
        async ValueTask<Result<UploadStatus>> EnterAsync()
        {
            frame.Enter(Phase.Admit);
            return await run(frame);
        }
    }

    // After any other failure of a request, its client can go on with the upload.
    private static bool EndsUpload(FailureKind kind) => kind is FailureKind.UploadExhausted or FailureKind.PreconditionFailed;

    // Bytes that count as a whole do so when all of them are there; bytes of an upload with a digest, after the state of the digest behind
    // them was stored.
    private static ChainBlockFlags FlagsOf(UploadTicket ticket, Append append) =>
        append.IsHeld || ticket.Sha256 is not null ? ChainBlockFlags.Held : ChainBlockFlags.None;
}
