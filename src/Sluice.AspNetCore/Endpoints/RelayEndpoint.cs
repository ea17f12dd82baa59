using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Requests;
using Sluice.Downstream;
using Sluice.Routing;
using Sluice.Uploads;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore.Endpoints;

/// <summary><c>/api/relay/{target}/{**path}</c>: streams a request to a configured target and its answer back.</summary>
public sealed class RelayEndpoint
{
    private readonly EndpointGuard _guard;
    private readonly UploadPipeline _intake;
    private readonly RelayClients _clients;
    private readonly IHttpForwarder _forwarder;

    internal RelayEndpoint(EndpointGuard guard, UploadPipeline intake, RelayClients clients, IHttpForwarder forwarder)
    {
        _guard = guard;
        _intake = intake;
        _clients = clients;
        _forwarder = forwarder;
    }

    /// <summary>Any method: the target's own answer; or a problem when there is none.</summary>
    public Task<IResult> RelayAsync(HttpRequest request) => _guard.RunAsync(request, RelayAsync);

    private async Task<IResult> RelayAsync(HttpRequest request, CancellationToken aborted)
    {
        var path = new RelayPath(request.RouteValues["target"] as string ?? "", $"/{request.RouteValues["path"] as string}");
        if (!UploadRequest.BindRelayed(request, _clients.Find(path.Target)?.Target.MediaTypes).TryGet(out var upload, out var failure))
        {
            return _guard.Refuse(failure);
        }

        return _guard.Answer(await _intake.TakeAsync(
            upload with
            {
                Destination = new Destination(null, path),
                Downstreams = new Forwarding(request.HttpContext, _clients, _forwarder),
            },
            aborted));
    }
}
