using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Sluice.AspNetCore.Results;
using Sluice.Failures;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// Handles requests that match no other route, on a host whose own routing answers with an empty 404. On Azure Functions it is a separate
/// function for every path and method. On Kestrel <see cref="RouteProblems"/> does the same.
/// </summary>
public sealed class UnmatchedEndpoint
{
    private readonly EndpointGuard _guard;
    private readonly Lazy<IReadOnlyList<(TemplateMatcher Route, IReadOnlyList<string> Methods)>> _routes;

    internal UnmatchedEndpoint(EndpointGuard guard, EndpointDataSource routes)
    {
        _guard = guard;
        // Not before the first unmatched request: by then the host has mapped the routes.
        _routes = new(() => [.. Routes(routes)]);
    }

    /// <summary>
    /// 405 <c>method-refused</c> with <c>Allow</c> if the path supports other methods (RFC 9110, section 15.5.6), otherwise 404
    /// <c>route-unknown</c>.
    /// </summary>
    /// <param name="request">A request that no other function handled.</param>
    public Task<IResult> RefuseAsync(HttpRequest request) =>
        _guard.RunAsync(request, (unmatched, _) => Task.FromResult(_guard.Refuse(Failure(unmatched))));

    private Failure Failure(HttpRequest request)
    {
        string[] allowed =
        [
            .. _routes.Value.Where(route => route.Route.TryMatch(request.Path, [])).SelectMany(static route => route.Methods)
                .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal),
        ];
        return allowed.Length > 0 ? RoutingFailures.MethodRefused with { Allow = allowed } : RoutingFailures.RouteUnknown;
    }

    // A route that accepts any method would have handled the request.
    private static IEnumerable<(TemplateMatcher Route, IReadOnlyList<string> Methods)> Routes(EndpointDataSource routes) =>
        from endpoint in routes.Endpoints.OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        where methods.Count > 0
        select (
            new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []),
            (IReadOnlyList<string>)[.. methods.Select(static method => method.ToUpperInvariant())]);
}
