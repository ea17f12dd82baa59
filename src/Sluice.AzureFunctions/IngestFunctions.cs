using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace FunctionsApp;

/// <summary>Bodies whose destination the rules decide.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class IngestFunctions(IngestEndpoint endpoint)
{
    /// <summary>Stores, relays, does both, or refuses.</summary>
    [Function("Ingest")]
    public Task<IResult> Ingest(
        [HttpTrigger(AuthorizationLevel.Function, "put", "post", Route = SluiceRoutes.Ingest)] HttpRequest request) =>
        endpoint.IngestAsync(request);
}
