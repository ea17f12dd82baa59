using System.Buffers;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>
/// Creates one upload from others that are its parts (tus, Concatenation). The whole is an upload like any other, except that its bytes
/// come from its parts:
/// <code>
/// made already? ---> look: parts, limits ---> take over or begin ---> move part by part ---> commit
/// </code>
/// Nothing is written before everything was checked. If the request is repeated, it continues where the earlier one stopped, or finds its
/// result.
/// </summary>
internal sealed class Concatenation(
    ChainStore store, UploadOpener opener, UploadCompletion completion, Appender appender, PartStore parts)
{
    // A blob can have 8 KiB of metadata, and proxies accept response heads of 4 KiB.
    private const int MaxFieldBytes = 2048;

    // Where they are, a URL may have a key of the service in its query, or a password.
    private static readonly SearchValues<char> _secretMarks = SearchValues.Create("?#@");

    /// <summary>How many blocks a part becomes.</summary>
    public static int BlocksOf(long bytes) => (int)((bytes + PartStore.PieceBytes - 1) / PartStore.PieceBytes);

    /// <summary>Creates the whole.</summary>
    /// <param name="ticket">The whole.</param>
    /// <param name="of">Its parts, in order.</param>
    /// <param name="field">tus: <c>Upload-Concat</c> as it came.</param>
    /// <param name="watch">Fires when the request has to end.</param>
    public async ValueTask<Result<UploadStatus>> RunAsync(
        UploadTicket ticket, IReadOnlyList<UploadTicket> of, string field, BodyWatch watch)
    {
        if ((watch.Refusal ?? appender.Check(ticket) ?? CheckDigest(ticket)) is { } refused)
        {
            return refused;
        }

        if (!(await FindAsync(ticket, of, watch.Token)).TryGet(out var done, out var failure))
        {
            return failure;
        }

        if (done is not null)
        {
            return done;
        }

        if (opener.HasExpired(ticket))
        {
            return new Failure(FailureKind.UploadGone, Phase.Open, "A part has expired. Start the upload again.");
        }

        var made = await MakeAsync(WithField(ticket, field), of, watch.Token);

        // The parts are gone if another request was faster.
        return made.Failure is
        {
            Kind: FailureKind.UploadGone or FailureKind.UploadCompleted or FailureKind.UploadTakenOver or FailureKind.PreconditionFailed
        }
            && (await FindAsync(ticket, of, watch.Token)).TryGet(out done, out _) && done is not null ? done : made;
    }

    // The whole, if it exists; a failure if something else is in its place that may not be replaced.
    private async ValueTask<Result<UploadStatus?>> FindAsync(
        UploadTicket ticket, IReadOnlyList<UploadTicket> of, CancellationToken cancellationToken)
    {
        if (!(await store.FindBlobAsync(ticket.Target, Phase.Admit, cancellationToken)).TryGet(out var stored, out var failure))
        {
            return failure;
        }

        if (stored is null || !ChainStore.IsOf(stored, ticket))
        {
            return stored is not null && ticket.CreateOnly
                ? new Failure(FailureKind.PreconditionFailed, Phase.Admit, "A blob of this name already exists.")
                : (UploadStatus?)null;
        }

        // The request that created it may have died before it had removed the last part.
        await RemoveAsync(of, cancellationToken);
        return new UploadStatus(ticket, stored.Length, stored.Length, true) { Stored = stored };
    }

    private async ValueTask<Result<UploadStatus>> MakeAsync(
        UploadTicket ticket, IReadOnlyList<UploadTicket> of, CancellationToken cancellationToken)
    {
        // In this order: a part that is gone at the first query is in the whole at the second.
        if (!(await parts.LookAsync(of, cancellationToken)).TryGet(out var found, out var failure)
            || !(await store.ReadAsync(ticket, keepData: false, Phase.Admit, cancellationToken)).TryGet(out var reading, out failure)
            || !WholePlan.Of(found, reading.State).TryGet(out _, out failure))
        {
            return failure;
        }

        if (appender.CheckParts(ticket, found.Select(static part => part.Length ?? 0)) is { } beyond)
        {
            return beyond;
        }

        if (!(await OpenAsync(ticket, begun: reading.State is not null, cancellationToken)).TryGet(out var writer, out failure)
            || !WholePlan.Of(found, writer.State).TryGet(out var plan, out failure))
        {
            return failure;
        }

        if ((writer.State.Length is null ? await writer.DeclareAsync(plan.Length, cancellationToken) : null) is { } undeclared)
        {
            return undeclared;
        }

        if (await writer.LinkAsync(ChainBlockFlags.None, cancellationToken) is { } unlinked)
        {
            return unlinked;
        }

        // Parts that are in the whole already: an earlier request died before it had removed them.
        await RemoveAsync(
            found.Where(part => part.IsThere && plan.Parts.All(left => left.Ticket.Id != part.Ticket.Id))
                .Select(static part => part.Ticket),
            cancellationToken);

        var mover = parts.MoverTo(writer, ticket);
        foreach (var part in plan.Parts)
        {
            if (await mover.MoveAsync(part, cancellationToken) is { } unmoved)
            {
                return unmoved;
            }
        }

        return mover.Offset == plan.Length
            ? await completion.CompleteAsync(writer, ticket, plan.Length, whole: true, [])
            : Append.Inconsistent(Phase.Seal, $"The parts have {plan.Length} bytes, and {mover.Offset} of them are there.");
    }

    // Removes those parts that are blobs. A part that remains is logged, and is not a reason to fail.
    private async ValueTask RemoveAsync(IEnumerable<UploadTicket> moved, CancellationToken cancellationToken)
    {
        foreach (var part in moved)
        {
            if ((await parts.FindAsync(part, Phase.Seal, cancellationToken)).TryGet(out var left, out _) && left is not null)
            {
                await parts.RemoveAsync(part, left);
            }
        }
    }

    private async ValueTask<Result<ChainWriter>> OpenAsync(UploadTicket ticket, bool begun, CancellationToken cancellationToken)
    {
        if (begun)
        {
            return await opener.OpenAsync(ticket, cancellationToken);
        }

        return !(await opener.OpenOrBeginAsync(ticket, cancellationToken)).TryGet(out var writer, out var failure)
            ? failure
            : writer.State.CommitsAt is not null
                ? new Failure(
                    FailureKind.UploadBusy, Phase.Open,
                    "Another request is completing the upload. Try again later.")
                { RetryAfter = TimeSpan.FromSeconds(5) }
            : writer;
    }

    // The addresses of the parts fit into no URL, so the blob keeps them, if they have nothing that opens anything: whoever can read the
    // blob's metadata sees them. The parts themselves are gone by then.
    private static UploadTicket WithField(UploadTicket ticket, string field) =>
        field.Length > MaxFieldBytes || field.AsSpan().ContainsAny(_secretMarks) || field.Any(static c => c is < ' ' or > '~')
            || field.Contains("  ", StringComparison.Ordinal)
            ? ticket
            : ticket with
            {
                Properties = ticket.Properties with
                {
                    Metadata = new Dictionary<string, string>(ticket.Properties.Metadata) { [BlobMetadata.Concatenation] = field },
                },
            };

    // Storage concatenates the parts by itself, and does not compute SHA-256: an unchecked digest must not be reported as if it had been
    // checked.
    private static Failure? CheckDigest(UploadTicket ticket) =>
        ticket.Sha256 is null
            ? null
            : new Failure(FailureKind.HeaderInvalid, Phase.Admit, "The sha256 of a final upload can't be verified.");
}
