using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions;

/// <summary>Bodies whose destination the rules choose.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class IngestFunctions(IngestEndpoint endpoint)
{
    /// <summary>Stores the body, relays it, does both, or refuses it.</summary>
    [Function("Ingest")]
    public Task<IResult> Ingest(
        [HttpTrigger(AuthorizationLevel.Function, "put", "post", Route = SluiceRoutes.Ingest)] HttpRequest request) =>
        endpoint.IngestAsync(request);
}
