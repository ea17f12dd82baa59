using System.Buffers;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// Copies one body to a blob and to a downstream service, in one pass, with shared backpressure.
/// <code>
///                             ┌─► blocks ───────────► staged ─┐
/// guarded body ─► TeeBody ────┤                               ├─► who goes first is the rule's choice (TeeCommit)
///                             └─► pipe, 64 KiB ─► downstream ─┘
/// </code>
/// The downstream never receives a complete body before the blob's side has reached the point that the rule requires: under
/// <see cref="TeeCommit.Both"/> all blocks are staged, under <see cref="TeeCommit.BlobFirst"/> the blob is committed. docs/relay.md has a
/// table of how a failure on one side affects the other, with a test for each cell.
/// </summary>
/// <param name="blob">The blob's side.</param>
/// <param name="downstream">The service's side.</param>
/// <param name="rule">Which side must succeed first.</param>
/// <param name="declaredLength">The body's length, if it was declared.</param>
/// <param name="over">
/// Ends with the process. A body whose blob is committed first is forwarded whether or not the client still waits for the response. Under
/// <see cref="TeeCommit.BlobFirst"/> the service's request ends with its body, which is cut off if the client disconnects before it is
/// complete.
/// </param>
internal sealed class BodyTee(IBlobUpload blob, IDownstreamRequest downstream, TeeCommit rule, long? declaredLength, CancellationToken over)
{
    private const int ScratchBytes = 16 * 1024;

    /// <summary>
    /// Transfers the body. A returned failure must be reported to the client; the result contains failures that the rule tolerates.
    /// </summary>
    /// <param name="body">The guarded body.</param>
    /// <param name="digests">Its digests, read once it has ended.</param>
    /// <param name="upload">Canceled when the client disconnects or stalls.</param>
    public async ValueTask<Result<TeeResult>> RunAsync(BodySource body, Func<IReadOnlyList<Digest>> digests, CancellationToken upload)
    {
        using var tee = new TeeBody(body, endsWithDownstream: !rule.IsBlobFirst(), upload);
        var answering = SendAsync(tee, rule.IsBlobFirst() ? over : upload);
        var stored = await blob.TransferAsync(tee, upload);
        var result = stored is null
            ? await CommitAsync(tee, answering, digests)
            : await GiveUpAsync(tee, answering, stored, upload);
        if (!answering.IsCompleted)
        {
            // The service must not mistake a body that ended here for a complete one.
            await tee.AbortAsync();
            await downstream.DisposeAsync();
            await answering;
        }

        return result;
    }

    // Once the head of a refusal has arrived, or the service is gone, the other side continues alone or stops, as the rule says.
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
    private async ValueTask<Result<TeeResult>> CommitAsync(TeeBody tee, Task<Result<int>> answering, Func<IReadOnlyList<Digest>> digests)
    {
        if (rule.IsBlobFirst())
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

        return (await blob.CommitAsync(digests())).TryGet(out var committed, out failure)
            ? new TeeResult(committed, status, null, null, false)
            : failure;
    }

    // The blob's side got no complete body: there was none, the downstream ended it, or storage failed.
    private async ValueTask<Result<TeeResult>> GiveUpAsync(
        TeeBody tee, Task<Result<int>> answering, Failure stored, CancellationToken upload)
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

        return rule == TeeCommit.DownstreamFirst
            ? await AnswerAsync(status, null, stored.Party == Party.Downstream ? null : stored)
            : Refused(status);
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

    // The client does not wait for storage.
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
        new(
            FailureKind.DownstreamRefused, Phase.Transfer, $"The downstream service returned {status}. Nothing was stored.")
        { DownstreamStatus = status };
}
