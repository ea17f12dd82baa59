using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace FunctionsApp;

/// <summary>How this instance is. A probe gives the function key in the address (<c>?code=</c>): docs/operations.md says why it has to.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class HealthFunctions(HealthEndpoint endpoint)
{
    /// <summary>The process answers.</summary>
    [Function("HealthLive")]
    public Task<IResult> Live(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SluiceRoutes.Live)] HttpRequest request) =>
        endpoint.LiveAsync(request);

    /// <summary>It can do its work.</summary>
    [Function("HealthReady")]
    public Task<IResult> Ready(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SluiceRoutes.Ready)] HttpRequest request) =>
        endpoint.ReadyAsync(request);
}
