using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Results;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// <c>GET</c> or <c>HEAD</c> of <c>/api/upload</c>: a browser page that uploads files to <c>/api/files</c>, and asks for a key if those
/// require one. The page itself is static and says nothing of the server.
/// </summary>
public sealed class UploadPageEndpoint
{
    private readonly EndpointGuard _guard;
    private readonly IUploadPage? _page;

    internal UploadPageEndpoint(EndpointGuard guard, IUploadPage? page) => (_guard, _page) = (guard, page);

    /// <summary>200 with the page, or 304; 404 <c>route-unknown</c> if the app has no page (<see cref="IUploadPage"/>).</summary>
    public Task<IResult> ReadAsync(HttpRequest request) => _guard.RunAsync(
        request,
        (_, _) => Task.FromResult(_page is null ? _guard.Refuse(RoutingFailures.NoUploadPage) : new UploadPageResult(_page)));
}
