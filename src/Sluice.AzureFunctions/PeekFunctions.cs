using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions;

/// <summary>Reports what Sluice detects in a body, without storing it.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class PeekFunctions(PeekEndpoint endpoint)
{
    /// <summary>Reports what the body is and where it would go.</summary>
    [Function("Peek")]
    public Task<IResult> Peek(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = SluiceRoutes.Peek)] HttpRequest request) =>
        endpoint.PeekAsync(request);
}
