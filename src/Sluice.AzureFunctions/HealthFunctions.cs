using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions;

/// <summary>Health probes. A probe sends the function key in the URL (<c>?code=</c>): docs/operations.md explains why.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class HealthFunctions(HealthEndpoint endpoint)
{
    /// <summary>Liveness: the process responds.</summary>
    [Function("HealthLive")]
    public Task<IResult> Live(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SluiceRoutes.Live)] HttpRequest request) =>
        endpoint.LiveAsync(request);

    /// <summary>Readiness: the instance can do its work.</summary>
    [Function("HealthReady")]
    public Task<IResult> Ready(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SluiceRoutes.Ready)] HttpRequest request) =>
        endpoint.ReadyAsync(request);
}
