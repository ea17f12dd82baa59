using System.Security.Cryptography;
using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>
/// One writer of an upload, or a reader that needs a stable answer. It announces itself, lists the blocks, and writes where it continues;
/// earlier writers can add nothing beyond that. Before it reports what is stored, it checks whether a newer writer has announced itself:
/// <code>
///  Open ---> list ---> Link (after whom, from where) ---> data ... ---> Close ---> list ---> nobody newer? then it may be told
/// </code>
/// A writer that reports an offset has listed the blocks after its last byte was stored and before any newer writer announced itself, and
/// the newer one's list is later still: it has those bytes, and continues after them. So a reported offset never decreases, and reported
/// bytes are never replaced.
/// </summary>
internal sealed class ChainWriter
{
    private const int Attempts = 8;

    // Added to 42 bits of milliseconds, which are enough until 2109.
    private const int ChanceBits = 22;

    private readonly ChainStore _store;
    private readonly UploadTicket _ticket;
    private readonly ulong _epoch;

    private readonly TimeProvider _time;
    private DateTimeOffset _now;
    private long _heard;

    private ChainWriter(ChainStore store, UploadTicket ticket, ulong epoch, TimeProvider time, ChainReading reading)
    {
        (_store, _ticket, _epoch, _time, Reading) = (store, ticket, epoch, time, reading);
        Hear(reading.Now);
    }

    /// <summary>The failure when a newer writer has taken over.</summary>
    public static Failure TakenOver() =>
        new(
            FailureKind.UploadTakenOver, Phase.Seal,
            "A newer request of this upload took over; ask for the offset (HEAD) and go on from there.");

    /// <summary>The most recent list of blocks.</summary>
    public ChainReading Reading { get; private set; }

    /// <summary>The state that it describes.</summary>
    public ChainState State => Reading.State!;

    /// <summary>Begins an upload that nobody knows of yet.</summary>
    /// <param name="store">Storage.</param>
    /// <param name="ticket">The upload.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="flags">Whether it writes, and whether what it writes counts at once.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async ValueTask<Result<ChainWriter>> CreateAsync(
        ChainStore store, UploadTicket ticket, TimeProvider time, ChainBlockFlags flags, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var epoch = Number(now, 0);
        var writer = new ChainWriter(
            store, ticket, epoch, time, new ChainReading(Nothing(epoch), now, new ChainListing(ticket.ChainId, keepData: false)));
        return await writer.LinkAsync(flags, cancellationToken) is { } failure ? failure : writer;
    }

    /// <summary>Takes over an upload.</summary>
    public static async ValueTask<Result<ChainWriter>> OpenAsync(
        ChainStore store, UploadTicket ticket, TimeProvider time, CancellationToken cancellationToken)
    {
        var epoch = Number(time.GetUtcNow(), 0);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (!(await store.MarkAsync(ticket, new ChainBlock(ticket.ChainId, epoch, ChainBlockKind.Open), Phase.Open, cancellationToken))
                    .TryGet(out _, out var failure)
                || !(await store.ReadAsync(ticket, keepData: false, Phase.Open, cancellationToken)).TryGet(out var reading, out failure))
            {
                return failure;
            }

            if (reading.State is not { } state || state.Newest <= epoch)
            {
                return new ChainWriter(store, ticket, epoch, time, reading);
            }

            // Another instance's clock is ahead of ours, or another writer started in the same millisecond.
            epoch = Number(time.GetUtcNow(), state.Newest);
        }

        return TakenOver();
    }

    /// <summary>
    /// Takes over an upload, or begins one that others may be about to begin: it announces itself before it lists the blocks, so that one
    /// of two finds the other.
    /// </summary>
    public static async ValueTask<Result<ChainWriter>> OpenOrBeginAsync(
        ChainStore store, UploadTicket ticket, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!(await OpenAsync(store, ticket, time, cancellationToken)).TryGet(out var writer, out var failure))
        {
            return failure;
        }

        writer.Reading = writer.Reading.State is null ? writer.Reading with { State = Nothing(writer._epoch) } : writer.Reading;
        return writer;
    }

    /// <summary>Records a length that was not known before.</summary>
    public ValueTask<Failure?> DeclareAsync(long length, CancellationToken cancellationToken) =>
        MarkAsync(new ChainBlock(_ticket.ChainId, _epoch, ChainBlockKind.Length, length), Phase.Open, cancellationToken);

    /// <summary>Records where it continues: after the newest writer that counts, at the end of its bytes.</summary>
    public ValueTask<Failure?> LinkAsync(ChainBlockFlags flags, CancellationToken cancellationToken) =>
        MarkAsync(
            new ChainBlock(_ticket.ChainId, _epoch, ChainBlockKind.Link, (long)State.Top, State.Offset, flags),
            Phase.Open, cancellationToken);

    /// <summary>The id of the block with its next bytes.</summary>
    public string DataId(long start, long end) => new ChainBlock(_ticket.ChainId, _epoch, ChainBlockKind.Data, start, end).ToBase64();

    /// <summary>Stores the state of the whole upload's digest after its last byte.</summary>
    public async ValueTask<Failure?> KeepAsync(byte[] digest, CancellationToken cancellationToken)
    {
        var kept = await Task.WhenAll(
            DigestPieces.Cut(_ticket.ChainId, _epoch, digest)
                .Select(piece => _store.MarkAsync(_ticket, piece, Phase.Seal, cancellationToken).AsTask()));
        return kept.Select(static noted => noted.Failure).FirstOrDefault(static failure => failure is not null);
    }

    /// <summary>
    /// Records that it adds nothing more, and whether it is about to commit. A second close without that announcement withdraws it.
    /// </summary>
    /// <param name="end">Where its bytes end: as far as storage has acknowledged them.</param>
    /// <param name="commits">Whether it is about to commit.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public ValueTask<Failure?> CloseAsync(long end, bool commits, CancellationToken cancellationToken)
    {
        // By storage's clock, because instances have clocks of their own.
        var now = _now + _time.GetElapsedTime(_heard);
        var close = new ChainBlock(
            _ticket.ChainId, _epoch, ChainBlockKind.Close, commits ? now.ToUnixTimeSeconds() : 0, end,
            commits ? ChainBlockFlags.Commit : ChainBlockFlags.None);
        return MarkAsync(close, Phase.Seal, cancellationToken);
    }

    /// <summary>Records that the upload was cancelled.</summary>
    public ValueTask<Failure?> CancelAsync(CancellationToken cancellationToken) =>
        MarkAsync(new ChainBlock(_ticket.ChainId, _epoch, ChainBlockKind.Cancel), Phase.Seal, cancellationToken);

    /// <summary>
    /// Lists the blocks again. A failure if a newer writer has announced itself: then this writer must not report the state.
    /// </summary>
    /// <param name="keepData">Whether to keep the data blocks, for a commit.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async ValueTask<Failure?> LookAsync(bool keepData, CancellationToken cancellationToken)
    {
        if (!(await _store.ReadAsync(_ticket, keepData, Phase.Seal, cancellationToken)).TryGet(out var reading, out var failure))
        {
            return failure;
        }

        Reading = reading;
        Hear(reading.Now);
        return reading.State?.Newest == _epoch ? null : TakenOver();
    }

    /// <summary>
    /// The offset that may be reported while it is still writing; null if a newer writer has announced itself, the upload was cancelled, or
    /// storage did not answer. Changes nothing here, so it may run beside the transfer.
    /// </summary>
    public async ValueTask<long?> FindOffsetAsync(CancellationToken cancellationToken) =>
        (await _store.ReadAsync(_ticket, keepData: false, Phase.Transfer, cancellationToken)).TryGet(out var reading, out _)
            && reading.State is { IsCancelled: false } state && state.Newest == _epoch
            ? state.Offset
            : null;

    private async ValueTask<Failure?> MarkAsync(ChainBlock mark, Phase phase, CancellationToken cancellationToken)
    {
        if (!(await _store.MarkAsync(_ticket, mark, phase, cancellationToken)).TryGet(out var now, out var failure))
        {
            return failure;
        }

        Hear(now ?? _now + _time.GetElapsedTime(_heard));
        return null;
    }

    // An upload that has no bytes yet.
    private static ChainState Nothing(ulong epoch) => new(0, 0, 1, null, epoch, 0, false, null, false, []);

    private void Hear(DateTimeOffset now) => (_now, _heard) = (now, _time.GetTimestamp());

    // Milliseconds, then random bits: two writers that begin in the same millisecond differ. Newer than any known one.
    private static ulong Number(DateTimeOffset now, ulong newest)
    {
        var chance = (ulong)RandomNumberGenerator.GetInt32(1 << ChanceBits);
        var number = ((ulong)now.ToUnixTimeMilliseconds() << ChanceBits) | chance;
        return number > newest ? number : (((newest >> ChanceBits) + 1) << ChanceBits) | chance;
    }
}
