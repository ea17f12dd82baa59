using Sluice.Body;
using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>
/// Step 3 of <see cref="ResumableUploads"/>, for an append that can't be added: its offset is not that of the upload, or the upload is
/// complete. It is refused with the right offset, unless it repeats what is stored because the response to it was lost.
/// </summary>
internal sealed class MisplacedAppends(ChainStore store, UploadOpener opener, UploadCompletion completion)
{
    /// <summary>Answers an append at another offset than that of the upload.</summary>
    /// <param name="writer">Its writer, which has taken the upload over.</param>
    /// <param name="ticket">The upload.</param>
    /// <param name="append">The request.</param>
    /// <param name="watch">Fires when its body has to end.</param>
    public async ValueTask<Result<UploadStatus>> AnswerAsync(ChainWriter writer, UploadTicket ticket, Append append, BodyWatch watch)
    {
        if (append.Repeats(writer.State.Offset))
        {
            return (append.Disagreement(ticket.LengthIn(writer.State)) ?? await Appender.DiscardAsync(append, watch)) is { } refused
                ? refused
                : await completion.SettleAsync(writer, ticket, watch.Token);
        }

        // This reports an offset too, and it has to stay true, even if another writer continues late.
        return await writer.LinkAsync(ChainBlockFlags.Fence, watch.Token)
            ?? await writer.LookAsync(keepData: false, watch.Token)
            ?? Differs(writer.State.Offset, append);
    }

    /// <summary>
    /// Answers an append to a complete upload. The response to the request that completed it may have been lost: a request that adds
    /// nothing gets it again.
    /// </summary>
    /// <param name="ticket">The upload.</param>
    /// <param name="append">The request.</param>
    /// <param name="completed">The refusal of any other request.</param>
    /// <param name="watch">Fires when its body has to end.</param>
    public async ValueTask<Result<UploadStatus>> RepeatAsync(UploadTicket ticket, Append append, Failure completed, BodyWatch watch)
    {
        if (!(await opener.FindDoneAsync(ticket, watch.Token)).TryGet(out var done, out var failure))
        {
            return failure;
        }

        if (!append.IsIndivisible && append.Offset != done.Offset)
        {
            return Differs(done.Offset, append) with { IsOfCompleteUpload = true };
        }

        var isTus = ticket.Dialect == UploadDialect.Tus;
        if (!append.Repeats(done.Offset) && !(append.Length == 0 && (append.Completes || isTus)))
        {
            return completed;
        }

        return (append.Disagreement(done.Offset) ?? await Appender.DiscardAsync(append, watch)) is { } refused ? refused
            // Responses of tus have no receipt.
            : isTus ? done
            : (await store.FindCommittedAsync(ticket.Target, done.Stored!, watch.Token)).TryGet(out var committed, out failure)
                ? done with { Repeated = committed }
                : failure;
    }

    private static Failure Differs(long offset, Append append) => new(
        FailureKind.UploadOffsetMismatch, Phase.Admit, $"The offset of the upload is {offset}, but the request sent {append.Offset}.")
    {
        Offsets = new DifferentOffsets(offset, append.Offset),
    };
}
