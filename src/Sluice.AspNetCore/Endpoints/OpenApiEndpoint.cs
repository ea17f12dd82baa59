using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Results;

namespace Sluice.AspNetCore.Endpoints;

/// <summary><c>GET</c> or <c>HEAD</c> of <c>/api/openapi.json</c>: the description of all routes, for tools.</summary>
public sealed class OpenApiEndpoint
{
    private readonly EndpointGuard _guard;

    internal OpenApiEndpoint(EndpointGuard guard) => _guard = guard;

    /// <summary>200 with an OpenAPI document.</summary>
    public Task<IResult> ReadAsync(HttpRequest request) =>
        _guard.RunAsync(request, static (_, _) => Task.FromResult<IResult>(new DocumentResult()));
}
