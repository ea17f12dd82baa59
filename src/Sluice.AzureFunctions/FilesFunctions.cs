using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AzureFunctions;

/// <summary>Resumable uploads.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class FilesFunctions(FilesEndpoint endpoint)
{
    /// <summary>Returns the supported features.</summary>
    [Function("FilesDiscovery")]
    public Task<IResult> Discover(
        [HttpTrigger(AuthorizationLevel.Function, "options", Route = SluiceRoutes.Files)] HttpRequest request) =>
        endpoint.DiscoverAsync(request);

    /// <summary>Creates an upload.</summary>
    [Function("FileCreate")]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = SluiceRoutes.Files)] HttpRequest request) =>
        endpoint.CreateAsync(request);

    /// <summary>Returns the offset of an upload.</summary>
    [Function("FileFind")]
    public Task<IResult> Find(
        [HttpTrigger(AuthorizationLevel.Function, "head", "get", Route = SluiceRoutes.File)] HttpRequest request) =>
        endpoint.FindAsync(request);

    /// <summary>Appends to an upload.</summary>
    [Function("FileAppend")]
    public Task<IResult> Append(
        [HttpTrigger(AuthorizationLevel.Function, "patch", "post", Route = SluiceRoutes.File)] HttpRequest request) =>
        endpoint.AppendAsync(request);

    /// <summary>Abandons an upload.</summary>
    [Function("FileCancel")]
    public Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = SluiceRoutes.File)] HttpRequest request) =>
        endpoint.CancelAsync(request);

    /// <summary>Returns the supported features for an upload.</summary>
    [Function("FileDiscovery")]
    public Task<IResult> DiscoverFile(
        [HttpTrigger(AuthorizationLevel.Function, "options", Route = SluiceRoutes.File)] HttpRequest request) =>
        endpoint.DiscoverAsync(request);
}
