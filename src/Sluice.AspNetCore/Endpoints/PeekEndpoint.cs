using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Peek;
using Sluice.Routing;
using Sluice.Routing.Evidence;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// <c>POST /api/peek</c>: reports what Sluice detects in a body, and what it would do with it. Reads no further than the window.
/// </summary>
public sealed class PeekEndpoint
{
    private const int ShownBytes = 64;

    private readonly EndpointGuard _guard;
    private readonly Admission _admission;
    private readonly RouteTable _routes;
    private readonly RelayClients _clients;
    private readonly BodyPeeker _peeker;
    private readonly TimeProvider _time;

    internal PeekEndpoint(
        EndpointGuard guard, Admission admission, RouteTable routes, RelayClients clients, BodyPeeker peeker, TimeProvider time)
    {
        _guard = guard;
        _admission = admission;
        _routes = routes;
        _clients = clients;
        _peeker = peeker;
        _time = time;
    }

    /// <summary>
    /// 200 with the report. The query may give a <c>container</c> and a <c>name</c>, to report how a PUT there would be answered; or a
    /// <c>path</c> (and a <c>method</c>, PUT by default), to report how the rules would route it at <c>/api/ingest/{path}</c>.
    /// </summary>
    public Task<IResult> PeekAsync(HttpRequest request) => _guard.RunAsync(request, PeekAsync);

    private async Task<IResult> PeekAsync(HttpRequest request, CancellationToken aborted)
    {
        var routed = Routed(request);
        var peeked = await _peeker.PeekAsync(
            request,
            (head, complete) => new Look(
                PeekResult.Of(head, complete),
                head.Slice(0, Math.Min(head.Length, ShownBytes)).ToArray(),
                routed is null ? null : _routes.Explain(routed, head, complete),
                routed is null ? default(Result<RouteDecision>?) : _routes.Decide(routed, head, complete)),
            aborted);

        return peeked.TryGet(out var look, out var failure)
            ? _guard.Answer(Report(request, look))
            : _guard.Refuse(failure);
    }

    private RouteRequest? Routed(HttpRequest request) => request.Query.TryGetValue("path", out var path)
        ? UploadRequest.Routed(
            request, request.Query.TryGetValue("method", out var method) ? method.ToString() : HttpMethods.Put, path.ToString(),
            Guid.NewGuid(), _time)
        : null;

    private PeekReport Report(HttpRequest request, Look look) => new(
        new PeekSeen(look.Seen.Bytes, look.Seen.Complete, Convert.ToHexStringLower(look.First), look.Seen.MediaType),
        new PeekDeclared(
            request.Headers.Text(HeaderNames.ContentType), request.ContentLength, request.Headers.Text(HeaderNames.ContentEncoding),
            request.Headers.Text(HeaderNames.ContentDisposition)),
        Would(request, look),
        look.Rules?.Select(static rule => new PeekRule(
            rule.Name, rule.Matched, [.. rule.Conditions.Select(static condition => new PeekCondition(
                condition.Condition, condition.Wants, condition.Saw, condition.Holds))])).ToList());

    private PeekWould Would(HttpRequest request, Look look)
    {
        if (look.Decision is not { } decided)
        {
            var named = request.Query.TryGetValue("container", out var container)
                ? new BlobTarget(container.ToString(), request.Query["name"].ToString())
                : default(BlobTarget?);
            return Stored(request, look.Seen, named is { } target ? _admission.CheckTarget(target) : null);
        }

        if (!decided.TryGet(out var decision, out var refused))
        {
            return Refused(refused) with { Rule = look.Rules!.FirstOrDefault(static rule => rule.Matched)?.Name };
        }

        var relay = decision.Relay;
        if (relay is { } path && Forwarded(request, path) is { } unrelayed)
        {
            return Refused(unrelayed);
        }

        var would = decision.Store is { } blob ? Stored(request, look.Seen, _admission.CheckTarget(blob)) : new PeekWould("relay");
        return would.Problem is not null
            ? would
            : would with
            {
                Action = decision.Store is null ? "relay" : relay is null ? "store" : "tee",
                Rule = decision.Rule,
                Container = decision.Store?.Container,
                Name = decision.Store?.Name,
                Target = relay?.Target,
                Path = relay is { } there ? "/" + there.Relative : null,
            };
    }

    // A peek is always a POST, whichever method it asks about.
    private Failure? Forwarded(HttpRequest request, RelayPath path) => _clients.Find(path.Target) is { } client
        ? client.Target.Check(
            request.Query.TryGetValue("method", out var method) ? method.ToString() : HttpMethods.Put, path.Path, request.ContentLength)
        : NoDownstreams.Instance.Check(path);

    private PeekWould Stored(HttpRequest request, PeekResult seen, Failure? refusal)
    {
        var readable = MediaTypeField.Read(request.Headers.ContentType).TryGet(out var mediaType, out var unreadable);
        var length = seen.Complete ? seen.Bytes : request.ContentLength;
        var plan = _admission.PlanFor(request.ContentLength);
        var maxBytes = request.ContentLength is null ? _admission.MaxBytes(plan) : _admission.MaxDeclaredBytes;
        refusal ??= (readable ? null : unreadable) ?? Admission.CheckLength(length, _admission.MaxBytes(plan));
        return refusal is null
            ? new PeekWould(
                "store",
                MediaType: MediaTypeChoice.Stored(mediaType, seen.MediaType),
                BlockBytes: plan.BlockBytes(0),
                PassThrough: plan.PassThrough,
                MaxBytes: maxBytes)
            : Refused(refusal);
    }

    private static PeekWould Refused(Failure failure) => new("refuse", Problem: FailureTable.Of(failure.Kind).Type, Detail: failure.Detail);

    private sealed record Look(PeekResult Seen, byte[] First, IReadOnlyList<RuleTrace>? Rules, Result<RouteDecision>? Decision);
}
