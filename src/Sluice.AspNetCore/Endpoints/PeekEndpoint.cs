using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Answers;
using Sluice.AspNetCore.Requests;
using Sluice.Body;
using Sluice.Peek;

namespace Sluice.AspNetCore;

/// <summary><c>POST /api/peek</c>: what Sluice sees of a body, and what it would do with it. Reads no further than the window.</summary>
public sealed class PeekEndpoint
{
    private const int ShownBytes = 64;

    private readonly EndpointGuard _guard;
    private readonly Admission _admission;
    private readonly IOptions<PeekOptions> _peek;
    private readonly IOptions<BodyOptions> _body;
    private readonly TimeProvider _time;

    internal PeekEndpoint(EndpointGuard guard, Admission admission, IOptions<PeekOptions> peek, IOptions<BodyOptions> body, TimeProvider time)
    {
        _guard = guard;
        _admission = admission;
        _peek = peek;
        _body = body;
        _time = time;
    }

    /// <summary>
    /// 200 with what was seen. The query may name a <c>container</c> and a <c>name</c>, to ask what a PUT there would answer.
    /// </summary>
    public Task<IResult> PeekAsync(HttpRequest request) => _guard.RunAsync(request, PeekAsync);

    private async Task<IResult> PeekAsync(HttpRequest request, CancellationToken aborted)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        using var idle = new IdleTimer(_body.Value.IdleTimeout, _time, ends);
        var peeked = await BodyHead.PeekAsync(
            UploadRequest.Body(request),
            _peek.Value.WindowBytes,
            idle,
            (head, complete) => (Seen: Sighting.Of(head, complete), First: head.Slice(0, Math.Min(head.Length, ShownBytes)).ToArray()),
            ends.Token);

        return peeked.TryGet(out var look, out var failure)
            ? new PeekAnswer(Report(request, look.Seen, look.First), _body.Value, _time)
            : _guard.Refuse(failure);
    }

    private PeekReport Report(HttpRequest request, Sighting seen, byte[] first)
    {
        var length = seen.Complete ? seen.Bytes : request.ContentLength;
        var plan = _admission.PlanFor(request.ContentLength);
        var maxBytes = request.ContentLength is null ? _admission.MaxBytes(plan) : _admission.MaxDeclaredBytes;
        var refusal = Admission.CheckLength(length, _admission.MaxBytes(plan));
        if (request.Query.TryGetValue("container", out var container))
        {
            refusal = _admission.CheckTarget(new BlobTarget(container.ToString(), request.Query["name"].ToString())) ?? refusal;
        }

        return new PeekReport(
            new PeekSeen(seen.Bytes, seen.Complete, Convert.ToHexStringLower(first), seen.MediaType),
            new PeekDeclared(request.ContentType, request.ContentLength, request.Headers.ContentEncoding, request.Headers.ContentDisposition),
            refusal is null
                ? new PeekWould("store", MediaTypeChoice.Stored(request.ContentType, seen.MediaType), plan.BlockBytes(0), plan.PassThrough, maxBytes, null)
                : new PeekWould("refuse", null, null, null, null, ProblemCatalog.For(refusal.Kind).Type));
    }
}
