using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions;

/// <summary>The OpenAPI document.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class OpenApiFunctions(OpenApiEndpoint endpoint)
{
    /// <summary>The description of all routes, for tools.</summary>
    [Function("OpenApi")]
    public Task<IResult> OpenApi(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SluiceRoutes.OpenApi)] HttpRequest request) =>
        endpoint.ReadAsync(request);
}
