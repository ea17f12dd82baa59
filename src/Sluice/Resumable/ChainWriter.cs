using System.Security.Cryptography;
using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>
/// One writer of an upload, or one that only looks and wants to be sure. It announces itself, looks, and says where it goes on; who came before
/// it can add nothing beyond that. Before it tells anybody what is there, it looks whether somebody newer has announced itself:
/// <code>
///  Open ---> list ---> Link (after whom, from where) ---> data ... ---> Close ---> list ---> nobody newer? then it may be told
/// </code>
/// Whoever is told an offset has listed after its last byte was there and before anybody newer announced itself, and that one's list is later
/// still: it has those bytes, and goes on after them. So no offset that was told ever goes back, and nothing that was told is ever replaced.
/// </summary>
internal sealed class ChainWriter
{
    private const int Attempts = 8;

    // With 42 bits of milliseconds before them, which are enough until 2109.
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

    /// <summary>Somebody newer goes on.</summary>
    public static Failure TakenOver() =>
        new(FailureKind.UploadTakenOver, Phase.Seal, "A newer request of this upload took over; ask for the offset (HEAD) and go on from there.");

    /// <summary>What was there when it looked last.</summary>
    public ChainReading Reading { get; private set; }

    /// <summary>What that says.</summary>
    public ChainState State => Reading.State!;

    /// <summary>Begins an upload that nobody knows of yet.</summary>
    /// <param name="store">Storage.</param>
    /// <param name="ticket">The upload.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="flags">Whether it writes, and whether what it writes counts at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async ValueTask<Result<ChainWriter>> CreateAsync(ChainStore store, UploadTicket ticket, TimeProvider time, ChainBlockFlags flags, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var epoch = Number(now, 0);
        var writer = new ChainWriter(store, ticket, epoch, time, new ChainReading(Nothing(epoch), now, new ChainListing(ticket.ChainId, keepData: false)));
        return await writer.LinkAsync(flags, cancellationToken) is { } failure ? failure : writer;
    }

    /// <summary>Takes an upload over.</summary>
    public static async ValueTask<Result<ChainWriter>> OpenAsync(ChainStore store, UploadTicket ticket, TimeProvider time, CancellationToken cancellationToken)
    {
        var epoch = Number(time.GetUtcNow(), 0);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (!(await store.MarkAsync(ticket, new ChainBlock(ticket.ChainId, epoch, ChainBlockKind.Open), Phase.Open, cancellationToken)).TryGet(out _, out var failure)
                || !(await store.ReadAsync(ticket, keepData: false, Phase.Open, cancellationToken)).TryGet(out var reading, out failure))
            {
                return failure;
            }

            if (reading.State is not { } state || state.Newest <= epoch)
            {
                return new ChainWriter(store, ticket, epoch, time, reading);
            }

            // Another instance's clock is ahead of ours, or somebody else was as fast.
            epoch = Number(time.GetUtcNow(), state.Newest);
        }

        return TakenOver();
    }

    /// <summary>Takes an upload over, or begins one that others may be about to begin: announced before it looks, so that of two one finds the other.</summary>
    public static async ValueTask<Result<ChainWriter>> OpenOrBeginAsync(ChainStore store, UploadTicket ticket, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!(await OpenAsync(store, ticket, time, cancellationToken)).TryGet(out var writer, out var failure))
        {
            return failure;
        }

        writer.Reading = writer.Reading.State is null ? writer.Reading with { State = Nothing(writer._epoch) } : writer.Reading;
        return writer;
    }

    /// <summary>Notes a length that was not known before.</summary>
    public ValueTask<Failure?> DeclareAsync(long length, CancellationToken cancellationToken) =>
        MarkAsync(new ChainBlock(_ticket.ChainId, _epoch, ChainBlockKind.Length, length), Phase.Open, cancellationToken);

    /// <summary>Says where it goes on: after the newest that counts, where that ends.</summary>
    public ValueTask<Failure?> LinkAsync(ChainBlockFlags flags, CancellationToken cancellationToken) =>
        MarkAsync(new ChainBlock(_ticket.ChainId, _epoch, ChainBlockKind.Link, (long)State.Top, State.Offset, flags), Phase.Open, cancellationToken);

    /// <summary>The id of its next bytes.</summary>
    public string DataId(long start, long end) => new ChainBlock(_ticket.ChainId, _epoch, ChainBlockKind.Data, start, end).ToBase64();

    /// <summary>Keeps the state of the whole upload's digest, as it is behind its last byte.</summary>
    public async ValueTask<Failure?> KeepAsync(byte[] digest, CancellationToken cancellationToken)
    {
        var kept = await Task.WhenAll(DigestPieces.Cut(_ticket.ChainId, _epoch, digest).Select(piece => _store.MarkAsync(_ticket, piece, Phase.Seal, cancellationToken).AsTask()));
        return kept.Select(static noted => noted.Failure).FirstOrDefault(static failure => failure is not null);
    }

    /// <summary>Says that it adds nothing more, and whether it is about to commit. Said again without, it is not any more.</summary>
    /// <param name="end">Where its bytes end: as far as storage has acknowledged them.</param>
    /// <param name="commits">Whether it is about to commit.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ValueTask<Failure?> CloseAsync(long end, bool commits, CancellationToken cancellationToken)
    {
        // By storage's clock: instances have clocks of their own.
        var now = _now + _time.GetElapsedTime(_heard);
        var close = new ChainBlock(
            _ticket.ChainId, _epoch, ChainBlockKind.Close, commits ? now.ToUnixTimeSeconds() : 0, end, commits ? ChainBlockFlags.Commit : ChainBlockFlags.None);
        return MarkAsync(close, Phase.Seal, cancellationToken);
    }

    /// <summary>Says that the upload was given up.</summary>
    public ValueTask<Failure?> CancelAsync(CancellationToken cancellationToken) =>
        MarkAsync(new ChainBlock(_ticket.ChainId, _epoch, ChainBlockKind.Cancel), Phase.Seal, cancellationToken);

    /// <summary>Looks again. A failure if somebody newer has announced itself: what is there is not ours to tell.</summary>
    /// <param name="keepData">Whether to keep the data blocks, for a commit.</param>
    /// <param name="cancellationToken">Ends it.</param>
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

    private async ValueTask<Failure?> MarkAsync(ChainBlock mark, Phase phase, CancellationToken cancellationToken)
    {
        if (!(await _store.MarkAsync(_ticket, mark, phase, cancellationToken)).TryGet(out var now, out var failure))
        {
            return failure;
        }

        Hear(now ?? _now + _time.GetElapsedTime(_heard));
        return null;
    }

    // An upload of which nothing is there yet.
    private static ChainState Nothing(ulong epoch) => new(0, 0, 1, null, epoch, 0, false, null, false, []);

    private void Hear(DateTimeOffset now) => (_now, _heard) = (now, _time.GetTimestamp());

    // Milliseconds, then chance: two that begin in one millisecond are two. Newer than any that is known.
    private static ulong Number(DateTimeOffset now, ulong newest)
    {
        var chance = (ulong)RandomNumberGenerator.GetInt32(1 << ChanceBits);
        var number = ((ulong)now.ToUnixTimeMilliseconds() << ChanceBits) | chance;
        return number > newest ? number : (((newest >> ChanceBits) + 1) << ChanceBits) | chance;
    }
}
