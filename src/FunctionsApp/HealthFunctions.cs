using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore;

namespace FunctionsApp;

/// <summary>How this instance is, for probes, which have no key. docs/operations.md says what that costs.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class HealthFunctions(HealthEndpoint endpoint)
{
    /// <summary>The process answers.</summary>
    [Function("HealthLive")]
    public Task<IResult> Live(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SluiceRoutes.Live)] HttpRequest request) =>
        endpoint.LiveAsync(request);

    /// <summary>It can do its work.</summary>
    [Function("HealthReady")]
    public Task<IResult> Ready(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SluiceRoutes.Ready)] HttpRequest request) =>
        endpoint.ReadyAsync(request);
}
