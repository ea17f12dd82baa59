using System.Buffers;
using Microsoft.Extensions.Options;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Peek;
using Sluice.Routing;
using Sluice.Routing.Templates;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// Steps 1 to 3 of <see cref="UploadPipeline"/>: what is known before the body is read is checked first, the rest once its first bytes have
/// been read.
/// </summary>
internal sealed class AdmitAndRoute(Admission admission, IOptions<PeekOptions> peek)
{
    /// <summary>Null when the body may be transferred.</summary>
    public async ValueTask<Failure?> RunAsync(UploadContext run, BlockPlan plan, BodyWatch watch)
    {
        // 1 admit
        if (watch.Refusal is { } closed)
        {
            return closed;
        }

        var isRouted = run.Destination is not null;
        if (isRouted && await AdmitAsync(run, plan, watch.Token) is { } refused)
        {
            return refused;
        }

        // 2 peek, 3 route
        if (run.NeedsPeek && await PeekAsync(run, watch) is { } unrouted)
        {
            return unrouted;
        }

        // A rule has chosen the destination: now the body can be admitted there.
        return isRouted || run.Challenge is not null ? null : await AdmitAsync(run, plan, watch.Token);
    }

    /// <summary>Admits the body to its destination. Null on success.</summary>
    public ValueTask<Failure?> AdmitAsync(UploadContext run, BlockPlan plan, CancellationToken upload)
    {
        run.Enter(Phase.Admit);
        return admission.AdmitAsync(run.Upload, run.Destination!, plan, upload);
    }

    private async ValueTask<Failure?> PeekAsync(UploadContext run, BodyWatch watch)
    {
        run.Enter(Phase.Peek);
        var peeked = await BodyHead.PeekAsync(
            run.Upload.Body,
            peek.Value.WindowBytes,
            watch.Idle,
            (head, complete) => Look(run, head, complete),
            watch.Token);
        if (!peeked.TryGet(out var look, out var failure))
        {
            return failure;
        }

        run.Seen = look.Seen;
        run.Whole = look.Whole;
        if (look.Routed is not { } routed)
        {
            return run.Upload.MediaTypes?.Check(run.Upload.Properties.ContentType, look.Seen.MediaType, run.Upload.Properties.ContentEncoding);
        }

        if (!routed.TryGet(out var decision, out failure))
        {
            return failure;
        }

        run.Rule = decision.Rule;
        run.Challenge = decision.Challenge;
        if (run.Challenge is not null)
        {
            return null;
        }

        if (decision.Store is { } name && look.Head is { } digest)
        {
            run.Once = admission.Once(name, digest, look.Complete, run.Upload.Length);
        }

        run.Destination = new Destination(decision.Store, decision.Relay, decision.Commit ?? TeeCommit.Both);
        return null;
    }

    // A body that is stored first and then forwarded is needed twice, and so is one whose name may be taken by another body in the
    // meantime. If all of it is in memory already, it is kept.
    private static (PeekResult Seen, Result<RouteDecision>? Routed, byte[]? Whole, byte[]? Head, bool Complete) Look(UploadContext run, ReadOnlySequence<byte> head, bool complete)
    {
        var routed = run.Upload.Router?.Decide(head, complete);
        var twice = complete && routed?.TryGet(out var decision, out _) == true && decision is { Store: not null }
            && (run.Upload.IsDeduplicated || decision is { Relay: not null, Commit: TeeCommit.BlobFirst });
        return (PeekResult.Of(head, complete), routed, twice ? head.ToArray() : null, run.Upload.IsDeduplicated ? Sha256Part.Of(head) : null, complete);
    }
}
