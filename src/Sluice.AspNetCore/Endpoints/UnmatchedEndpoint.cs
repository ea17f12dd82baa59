using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Sluice.AspNetCore.Results;
using Sluice.Failures;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// Answers what no other route takes, on a host whose own routing answers with an empty 404: Azure Functions, where it is a function of its own for every path and
/// method. On Kestrel <see cref="RouteProblems"/> does the same.
/// </summary>
public sealed class UnmatchedEndpoint
{
    private readonly EndpointGuard _guard;
    private readonly Lazy<IReadOnlyList<(TemplateMatcher Route, IReadOnlyList<string> Methods)>> _routes;

    internal UnmatchedEndpoint(EndpointGuard guard, EndpointDataSource routes)
    {
        _guard = guard;
        // Not before the first such request: by then the host has mapped them.
        _routes = new(() => [.. Routes(routes)]);
    }

    /// <summary>405 <c>method-refused</c> with <c>Allow</c> where the path has other methods (RFC 9110, section 15.5.6), else 404 <c>route-unknown</c>.</summary>
    /// <param name="request">A request that no other function took.</param>
    public Task<IResult> RefuseAsync(HttpRequest request) => _guard.RunAsync(request, (unmatched, _) => Task.FromResult(_guard.Refuse(Failure(unmatched))));

    private Failure Failure(HttpRequest request)
    {
        string[] allowed =
        [
            .. _routes.Value.Where(route => route.Route.TryMatch(request.Path, [])).SelectMany(static route => route.Methods)
                .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal),
        ];
        return allowed.Length > 0 ? RoutingFailures.MethodRefused with { Allow = allowed } : RoutingFailures.RouteUnknown;
    }

    // Those that take any method would have taken it.
    private static IEnumerable<(TemplateMatcher Route, IReadOnlyList<string> Methods)> Routes(EndpointDataSource routes) =>
        from endpoint in routes.Endpoints.OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        where methods.Count > 0
        select (new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []), (IReadOnlyList<string>)[.. methods.Select(static method => method.ToUpperInvariant())]);
}
