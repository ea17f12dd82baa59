using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions;

/// <summary>Requests that are relayed to a configured target.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class RelayFunctions(RelayEndpoint endpoint)
{
    /// <summary>Streams the request there and the response back.</summary>
    [Function("Relay")]
    public Task<IResult> Relay(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "put", "patch", "delete", "options", Route = SluiceRoutes.Relay)]
        HttpRequest request) =>
        endpoint.RelayAsync(request);
}
