using Sluice.Body;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>
/// Moves the bytes of one append into consecutive blocks, starting at an offset. All bytes that arrived are staged, including a last block
/// that is not full, however the body ends, so that they need not be sent again. But if a block can't be staged, the append fails, whatever
/// storage answered. The meaning of a failure depends on where it occurs, in the body or in the staging, and not on who caused it.
/// </summary>
internal sealed class AppendTransfer(ChainWriter writer, long start, TimeSpan most, TimeProvider time)
{
    // The offset after the last byte that is in flight, or stored.
    private long _staged = start;

    /// <summary>Whether the time limit was reached before the end of the body.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>The offset after the last byte, once storage has acknowledged every block before it (Put Block answered 201).</summary>
    public long End { get; private set; } = start;

    /// <summary>
    /// Why the body ended early, because of its client or of us; null if all of it arrived, or as much as the time limit allowed.
    /// </summary>
    public Failure? Cut { get; private set; }

    /// <summary>Returns the id of the next block.</summary>
    public string NextId(long bytes)
    {
        var begin = _staged;
        _staged += bytes;
        return writer.DataId(begin, _staged);
    }

    /// <summary>
    /// Transfers the body. A failure if a block could not be staged: then the end of the stored bytes is unknown until the blocks are
    /// listed.
    /// </summary>
    /// <param name="staging">Sends the blocks.</param>
    /// <param name="filler">Fills the blocks, and gets their ids from here.</param>
    /// <param name="body">The body.</param>
    /// <param name="active">Ends the transfer on a takeover.</param>
    /// <param name="client">Ends the transfer when the client has disconnected, or was cut off.</param>
    public async ValueTask<Failure?> RunAsync(
        BlockStaging staging, BlockFiller filler, BodySource body, ActiveAppend active, CancellationToken client)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(client, active.Stopped, staging.Token);
        await using var timer = time.CreateTimer(_ => CutShort(ends), null, most, Timeout.InfiniteTimeSpan);
        var failure = default(Failure);
        try
        {
            failure = await filler.RunAsync(body, keepsOnly: false, ends.Token);
        }
        finally
        {
            filler.StageRest();
        }

        // Decided now: the state may change while the blocks are in flight.
        var cut = failure is null ? null : active.Blame(failure, client);
        cut = IsCutShort && cut is { Kind: FailureKind.ClientGone } && !client.IsCancellationRequested ? null : cut;
        await staging.WhenAllAsync();
        if (staging.Failure is { } unstaged)
        {
            return unstaged;
        }

        (End, Cut) = (_staged, cut);
        return null;
    }

    private void CutShort(CancellationTokenSource ends)
    {
        IsCutShort = true;
        try
        {
            ends.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The transfer was faster.
        }
    }
}
