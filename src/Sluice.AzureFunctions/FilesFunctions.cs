using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace FunctionsApp;

/// <summary>Resumable uploads.</summary>
/// <param name="endpoint">Does the work, on both hosts.</param>
public sealed class FilesFunctions(FilesEndpoint endpoint)
{
    /// <summary>Says what can be done.</summary>
    [Function("FilesDiscovery")]
    public Task<IResult> Discover(
        [HttpTrigger(AuthorizationLevel.Function, "options", Route = SluiceRoutes.Files)] HttpRequest request) =>
        endpoint.DiscoverAsync(request);

    /// <summary>Creates an upload.</summary>
    [Function("FileCreate")]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = SluiceRoutes.Files)] HttpRequest request) =>
        endpoint.CreateAsync(request);

    /// <summary>Says how far an upload is.</summary>
    [Function("FileFind")]
    public Task<IResult> Find(
        [HttpTrigger(AuthorizationLevel.Function, "head", "get", Route = SluiceRoutes.File)] HttpRequest request) =>
        endpoint.FindAsync(request);

    /// <summary>Adds to an upload.</summary>
    [Function("FileAppend")]
    public Task<IResult> Append(
        [HttpTrigger(AuthorizationLevel.Function, "patch", "post", Route = SluiceRoutes.File)] HttpRequest request) =>
        endpoint.AppendAsync(request);

    /// <summary>Gives an upload up.</summary>
    [Function("FileCancel")]
    public Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = SluiceRoutes.File)] HttpRequest request) =>
        endpoint.CancelAsync(request);

    /// <summary>Says what can be done with an upload.</summary>
    [Function("FileDiscovery")]
    public Task<IResult> DiscoverFile(
        [HttpTrigger(AuthorizationLevel.Function, "options", Route = SluiceRoutes.File)] HttpRequest request) =>
        endpoint.DiscoverAsync(request);
}
