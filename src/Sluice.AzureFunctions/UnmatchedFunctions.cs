using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions;

/// <summary>Handles requests that no other function matches.</summary>
/// <param name="endpoint">Does the work.</param>
public sealed class UnmatchedFunctions(UnmatchedEndpoint endpoint)
{
    /// <summary>
    /// Answers with a problem, and with the methods that the path supports. The host uses the first function that matches, by name: this
    /// one must sort last.
    /// </summary>
    [Function("ZzUnmatched")]
    public Task<IResult> Refuse(
        [HttpTrigger(AuthorizationLevel.Function, Route = SluiceRoutes.Unmatched)] HttpRequest request) =>
        endpoint.RefuseAsync(request);
}
