using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions;

/// <summary>Stores, reads, deletes and lists block blobs.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
/// <param name="forms">Does the same for forms.</param>
/// <param name="deletion">Deletes.</param>
/// <param name="list">Lists.</param>
public sealed class BlobFunctions(BlobEndpoint endpoint, FormEndpoint forms, DeleteEndpoint deletion, ListEndpoint list)
{
    /// <summary>Stores the body as a block blob.</summary>
    [Function("StoreBlob")]
    public Task<IResult> StoreBlob(
        [HttpTrigger(AuthorizationLevel.Function, "put", "post", Route = SluiceRoutes.Blob)] HttpRequest request) =>
        endpoint.StoreAsync(request);

    /// <summary>
    /// Stores each file of a form. The host uses the first function that matches, by name: this one must sort before StoreBlob.
    /// </summary>
    [Function("PostForm")]
    public Task<IResult> PostForm(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = SluiceRoutes.Container)] HttpRequest request) =>
        forms.StoreAsync(request);

    /// <summary>Streams a blob back.</summary>
    [Function("ReadBlob")]
    public Task<IResult> ReadBlob(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SluiceRoutes.Blob)] HttpRequest request) =>
        endpoint.ReadAsync(request);

    /// <summary>Deletes a blob, if the settings allow it.</summary>
    [Function("DeleteBlob")]
    public Task<IResult> DeleteBlob(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = SluiceRoutes.Blob)] HttpRequest request) =>
        deletion.DeleteAsync(request);

    /// <summary>
    /// Lists blobs, if the settings allow it. The host uses the first function that matches, by name: this one must sort before ReadBlob.
    /// </summary>
    [Function("ListBlobs")]
    public Task<IResult> ListBlobs(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SluiceRoutes.Container)] HttpRequest request) =>
        list.ListAsync(request);
}
