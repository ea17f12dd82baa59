using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Requests;
using Sluice.Routing;
using Sluice.Uploads;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore.Endpoints;

/// <summary><c>/api/ingest/{**name}</c>: the rules of <c>Sluice:Routes</c> decide where the body goes, on what was seen of it.</summary>
public sealed class IngestEndpoint
{
    private readonly EndpointGuard _guard;
    private readonly UploadPipeline _intake;
    private readonly RouteTable _rules;
    private readonly RelayClients _clients;
    private readonly IHttpForwarder _forwarder;
    private readonly TimeProvider _time;

    internal IngestEndpoint(EndpointGuard guard, UploadPipeline intake, RouteTable rules, RelayClients clients, IHttpForwarder forwarder, TimeProvider time)
    {
        _rules = rules;
        _guard = guard;
        _intake = intake;
        _clients = clients;
        _forwarder = forwarder;
        _time = time;
    }

    /// <summary>PUT, POST: 201 with a receipt, the answer of a target, or a problem, as the first rule that matches says.</summary>
    public Task<IResult> IngestAsync(HttpRequest request) => _guard.RunAsync(request, IngestAsync);

    private async Task<IResult> IngestAsync(HttpRequest request, CancellationToken aborted)
    {
        if (!UploadRequest.Bind(request).TryGet(out var upload, out var failure))
        {
            return _guard.Refuse(failure);
        }

        return _guard.Answer(await _intake.TakeAsync(
            upload with
            {
                Router = new RuleRouter(_rules, UploadRequest.Routed(request, request.Method, request.RouteValues["name"] as string ?? "", upload.Id, _time)),
                Downstreams = new Forwarding(request.HttpContext, _clients, _forwarder),
            },
            aborted));
    }
}
