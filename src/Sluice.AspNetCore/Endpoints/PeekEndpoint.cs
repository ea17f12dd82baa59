using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Limits;
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
                ContentSniffer.Describe(head, complete),
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
            return named is { } target
                ? Granted(request, look.Seen, new Destination(target), would => would)
                : Stored(request, look.Seen, new Upload { Body = UploadRequest.Body(request) });
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

        return Granted(request, look.Seen, new Destination(decision.Store, relay), would => would.Problem is not null
            ? would
            : would with
            {
                Action = decision.Store is null ? "relay" : relay is null ? "store" : "tee",
                Rule = decision.Rule,
                Container = decision.Store?.Container,
                Name = decision.Store?.Name,
                Target = relay?.Target,
                Path = relay is { } there ? "/" + there.Relative : null,
            });
    }

    // The rights come first, as for the upload itself.
    private PeekWould Granted(HttpRequest request, PeekResult seen, Destination destination, Func<PeekWould, PeekWould> describe)
    {
        var upload = new Upload { Body = UploadRequest.Body(request), Identity = CallerFinder.Of(request.HttpContext) };
        if (!_admission.Grant(upload, destination).TryGet(out var granted, out var failure))
        {
            return Refused(failure);
        }

        var would = destination.Store is not { } blob ? new PeekWould("relay")
            : _admission.CheckTarget(blob) is { } invalid ? Refused(invalid)
            : Stored(request, seen, granted);
        return describe(would with
        {
            Right = granted.Grant.Rights.Count == 0 ? null : string.Join(", ", granted.Grant.Rights.Select(static right => right.Name)),
        });
    }

    // A peek is always a POST, whichever method it asks about.
    private Failure? Forwarded(HttpRequest request, RelayPath path) => _clients.Find(path.Target) is { } client
        ? client.Target.Check(
            request.Query.TryGetValue("method", out var method) ? method.ToString() : HttpMethods.Put, path.Path, request.ContentLength)
        : NoDownstreams.Instance.Check(path);

    private PeekWould Stored(HttpRequest request, PeekResult seen, Upload upload)
    {
        var readable = MediaTypeField.Read(request.Headers.ContentType).TryGet(out var mediaType, out var unreadable);
        var length = seen.Complete ? seen.Bytes : request.ContentLength;
        var plan = _admission.PlanFor(request.ContentLength);
        var allowed = upload.MaxBytes ?? long.MaxValue;
        var maxBytes = Math.Min(request.ContentLength is null ? _admission.MaxBytes(plan) : _admission.MaxDeclaredBytes, allowed);
        var refusal = (readable ? null : unreadable)
            ?? Admission.CheckLength(length, Math.Min(_admission.MaxBytes(plan), allowed))
            ?? upload.MediaTypes?.Check(mediaType, seen.MediaType, request.Headers.Text(HeaderNames.ContentEncoding));
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
