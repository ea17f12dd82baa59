using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore;

namespace FunctionsApp;

/// <summary>Bodies in and out of block blobs.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class BlobFunctions(BlobEndpoint endpoint)
{
    /// <summary>Stores the body as a block blob.</summary>
    [Function("StoreBlob")]
    public Task<IResult> StoreBlob(
        [HttpTrigger(AuthorizationLevel.Function, "put", "post", Route = SluiceRoutes.Blob)] HttpRequest request) =>
        endpoint.StoreAsync(request);

    /// <summary>Streams a blob back.</summary>
    [Function("ReadBlob")]
    public Task<IResult> ReadBlob(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SluiceRoutes.Blob)] HttpRequest request) =>
        endpoint.ReadAsync(request);
}
