using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions;

/// <summary>The upload page.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class UploadPageFunctions(UploadPageEndpoint endpoint)
{
    /// <summary>A page that uploads files. A link to it has the key in the URL (<c>?code=</c>); the page removes it.</summary>
    [Function("UploadPage")]
    public Task<IResult> UploadPage(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SluiceRoutes.UploadPage)] HttpRequest request) =>
        endpoint.ReadAsync(request);
}
