using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Requests;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// <c>/api/ingest/{**name}</c>: the rules of <c>Sluice:Routes</c> choose the destination from the first bytes of the body.
/// </summary>
public sealed class IngestEndpoint
{
    private readonly EndpointGuard _guard;
    private readonly UploadPipeline _pipeline;
    private readonly RouteTable _rules;
    private readonly Forwarder _forwarder;
    private readonly TimeProvider _time;

    internal IngestEndpoint(EndpointGuard guard, UploadPipeline pipeline, RouteTable rules, Forwarder forwarder, TimeProvider time)
    {
        _rules = rules;
        _guard = guard;
        _pipeline = pipeline;
        _forwarder = forwarder;
        _time = time;
    }

    /// <summary>PUT, POST: 201 with a receipt, a target's response, or a problem, as the first matching rule decides.</summary>
    public Task<IResult> IngestAsync(HttpRequest request) => _guard.RunAsync(request, IngestAsync);

    private async Task<IResult> IngestAsync(HttpRequest request, CancellationToken aborted)
    {
        if (!UploadRequest.Bind(request, UploadKind.Ingest).TryGet(out var upload, out var failure))
        {
            return _guard.Refuse(failure);
        }

        return _guard.Answer(await _pipeline.TakeAsync(
            upload with
            {
                Router = new RuleRouter(
                    _rules,
                    UploadRequest.Routed(request, request.Method, BlobPath.Name(request), upload.Id, _time)),
                Downstreams = _forwarder.For(request.HttpContext),
            },
            aborted));
    }
}
