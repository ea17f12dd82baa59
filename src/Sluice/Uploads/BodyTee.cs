using System.Buffers;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// One body into a blob and to a downstream service, in one pass, under one backpressure.
/// <code>
///                             ┌─► blocks ───────────► staged ─┐
/// guarded body ─► TeeBody ────┤                               ├─► who goes first is the rule's choice (TeeCommit)
///                             └─► pipe, 64 KiB ─► downstream ─┘
/// </code>
/// The downstream never sees a whole body before the blob's side has come as far as the rule asks: under <see cref="TeeCommit.Both"/>
/// all blocks are staged, under <see cref="TeeCommit.BlobFirst"/> the blob is committed. What each party's failure does to the other is
/// a table in docs/relay.md, with a test for each cell.
/// </summary>
/// <param name="blob">The blob's side.</param>
/// <param name="downstream">The service's side.</param>
/// <param name="rule">Who goes first.</param>
/// <param name="declaredLength">The body's length, if it was declared.</param>
/// <param name="over">
/// Ends with the process. What a blob is committed before is passed on whether or not the client waits for the answer: under <see
/// cref="TeeCommit.BlobFirst"/> the service's request ends with its body, which breaks off where the client leaves before that is whole.
/// </param>
internal sealed class BodyTee(IBlobUpload blob, IDownstreamRequest downstream, TeeCommit rule, long? declaredLength, CancellationToken over)
{
    private const int ScratchBytes = 16 * 1024;

    /// <summary>Moves the body. A failure is one that the client is to be told; what a rule tolerates is in the result.</summary>
    /// <param name="body">The guarded body.</param>
    /// <param name="digests">Its digests, asked for once it ended.</param>
    /// <param name="upload">Ends when the client goes away or stalls.</param>
    public async ValueTask<Result<TeeResult>> RunAsync(BodySource body, Func<IReadOnlyList<Digest>> digests, CancellationToken upload)
    {
        using var tee = new TeeBody(body, endsWithDownstream: rule != TeeCommit.BlobFirst, upload);
        var answering = SendAsync(tee, rule == TeeCommit.BlobFirst ? over : upload);
        var stored = await blob.TransferAsync(tee, upload);
        var result = stored is null
            ? await SealAsync(tee, answering, digests)
            : await GiveUpAsync(tee, answering, stored, upload);
        if (!answering.IsCompleted)
        {
            // The service must not take a body for whole that ended here.
            await tee.AbortAsync();
            await downstream.DisposeAsync();
            await answering;
        }

        return result;
    }

    // From the head of a refusal on, or when the service is gone, the other side goes on alone, or not at all.
    private async Task<Result<int>> SendAsync(TeeBody tee, CancellationToken ends)
    {
        var answer = await downstream.SendAsync(new LastByteGuard(tee.Downstream, declaredLength), ends);
        if (!answer.TryGet(out var status, out _) || !IsSuccess(status))
        {
            tee.Detach();
        }

        return answer;
    }

    // All blocks are staged.
    private async ValueTask<Result<TeeResult>> SealAsync(TeeBody tee, Task<Result<int>> answering, Func<IReadOnlyList<Digest>> digests)
    {
        if (rule == TeeCommit.BlobFirst)
        {
            if (!(await blob.CommitAsync(digests())).TryGet(out var published, out var unpublished))
            {
                return unpublished;
            }

            await tee.CompleteAsync();
            return (await answering).TryGet(out var answered, out var silent)
                ? new TeeResult(published, answered, null, null, false)
                : new TeeResult(published, null, silent, null, false);
        }

        await tee.CompleteAsync();
        if (!(await answering).TryGet(out var status, out var failure))
        {
            return failure;
        }

        if (rule == TeeCommit.DownstreamFirst)
        {
            return await AnswerAsync(status, IsSuccess(status) ? blob.CommitAsync(digests()).AsTask() : null, null);
        }

        if (!IsSuccess(status))
        {
            return Refused(status);
        }

        return (await blob.CommitAsync(digests())).TryGet(out var committed, out failure) ? new TeeResult(committed, status, null, null, false) : failure;
    }

    // The blob's side got no whole body: because there was none, because the downstream ended it, or because storage failed.
    private async ValueTask<Result<TeeResult>> GiveUpAsync(TeeBody tee, Task<Result<int>> answering, Failure stored, CancellationToken upload)
    {
        if (rule == TeeCommit.DownstreamFirst && tee.Failure is null && stored.Party is Party.Storage or Party.Sluice)
        {
            if (!tee.Ended)
            {
                await PassOnTheRestAsync(tee, upload);
            }

            if (tee.Failure is { } broken)
            {
                return broken;
            }

            await tee.CompleteAsync();
        }
        else if (tee.Failure is not null || stored.Party is not Party.Downstream)
        {
            await tee.AbortAsync();
            return tee.Failure ?? stored;
        }

        if (!(await answering).TryGet(out var status, out var failure))
        {
            return failure;
        }

        return rule == TeeCommit.DownstreamFirst ? await AnswerAsync(status, null, stored.Party == Party.Downstream ? null : stored) : Refused(status);
    }

    private static async ValueTask PassOnTheRestAsync(TeeBody tee, CancellationToken upload)
    {
        var scratch = ArrayPool<byte>.Shared.Rent(ScratchBytes);
        try
        {
            for (var over = false; !over;)
            {
                var read = await tee.ReadAsync(scratch, upload);
                over = read.End || read.Failure is not null;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    // The client is not kept waiting for storage.
    private async ValueTask<Result<TeeResult>> AnswerAsync(int status, Task<Result<Committed>>? commit, Failure? blobFailure)
    {
        var unanswered = await downstream.AnswerAsync();
        var committed = default(Committed);
        if (commit is not null && !(await commit).TryGet(out committed, out var failure))
        {
            blobFailure = failure;
        }

        return unanswered is null ? new TeeResult(committed, status, null, blobFailure, true) : unanswered;
    }

    private static bool IsSuccess(int status) => status is >= 200 and < 300;

    private static Failure Refused(int status) =>
        new(FailureKind.DownstreamRefused, Phase.Transfer, $"The downstream service answered {status}; nothing was stored.") { DownstreamStatus = status };
}
