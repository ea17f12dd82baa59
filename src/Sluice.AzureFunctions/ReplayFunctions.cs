using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions;

/// <summary>Delivers events again.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class ReplayFunctions(EventsEndpoint endpoint)
{
    /// <summary>Delivers events again. It needs the app's master key, as Sluice.Server's needs the scope <c>admin</c>.</summary>
    [Function("Replay")]
    public Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = SluiceRoutes.Replay)] HttpRequest request) =>
        endpoint.ReplayAsync(request);
}
