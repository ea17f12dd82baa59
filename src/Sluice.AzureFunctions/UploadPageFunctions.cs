using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace FunctionsApp;

/// <summary>Uploads for people.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class UploadPageFunctions(UploadPageEndpoint endpoint)
{
    /// <summary>A page that uploads files. A link to it gives the key in the address (<c>?code=</c>); the page takes it out.</summary>
    [Function("UploadPage")]
    public Task<IResult> UploadPage(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SluiceRoutes.UploadPage)] HttpRequest request) =>
        endpoint.ReadAsync(request);
}
