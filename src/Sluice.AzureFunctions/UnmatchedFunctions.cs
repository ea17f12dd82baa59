using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace FunctionsApp;

/// <summary>What no other function takes.</summary>
/// <param name="endpoint">Does the work.</param>
public sealed class UnmatchedFunctions(UnmatchedEndpoint endpoint)
{
    /// <summary>Says so, with the methods that the path has. The host takes the first function that matches, by name: this one has to be the last.</summary>
    [Function("ZzUnmatched")]
    public Task<IResult> Refuse(
        [HttpTrigger(AuthorizationLevel.Function, Route = SluiceRoutes.Unmatched)] HttpRequest request) =>
        endpoint.RefuseAsync(request);
}
