using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Requests;
using Sluice.Downstream;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary><c>/api/relay/{target}/{**path}</c>: streams a request to a configured target and streams its response back.</summary>
public sealed class RelayEndpoint
{
    private readonly EndpointGuard _guard;
    private readonly UploadPipeline _pipeline;
    private readonly Forwarder _forwarder;

    internal RelayEndpoint(EndpointGuard guard, UploadPipeline pipeline, Forwarder forwarder)
    {
        _guard = guard;
        _pipeline = pipeline;
        _forwarder = forwarder;
    }

    /// <summary>Any method: the target's own response, or a problem if there is none.</summary>
    public Task<IResult> RelayAsync(HttpRequest request) => _guard.RunAsync(request, RelayAsync);

    private async Task<IResult> RelayAsync(HttpRequest request, CancellationToken aborted)
    {
        var path = new RelayPath(request.RouteValues["target"] as string ?? "", $"/{request.RouteValues["path"] as string}");
        if (!UploadRequest.BindRelayed(request, UploadKind.Relay, _forwarder.MediaTypes(path.Target))
            .TryGet(out var upload, out var failure))
        {
            return _guard.Refuse(failure);
        }

        return _guard.Answer(await _pipeline.TakeAsync(
            upload with
            {
                Destination = new Destination(null, path),
                Downstreams = _forwarder.For(request.HttpContext),
            },
            aborted));
    }
}
