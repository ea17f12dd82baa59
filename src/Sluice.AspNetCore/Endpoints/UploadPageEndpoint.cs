using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Results;

namespace Sluice.AspNetCore.Endpoints;

/// <summary><c>GET</c> or <c>HEAD</c> of <c>/api/upload</c>: a browser page that uploads files to <c>/api/files</c>.</summary>
public sealed class UploadPageEndpoint
{
    private readonly EndpointGuard _guard;

    internal UploadPageEndpoint(EndpointGuard guard) => _guard = guard;

    /// <summary>200 with the page, or 304.</summary>
    public Task<IResult> ReadAsync(HttpRequest request) =>
        _guard.RunAsync(request, static (_, _) => Task.FromResult<IResult>(new UploadPageResult()));
}
