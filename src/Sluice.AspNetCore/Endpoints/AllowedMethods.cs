using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// The methods that a path supports, for <c>Allow</c> (RFC 9110, section 10.2.1): those of its routes, without those that the settings
/// switch off. Both hosts map every route: a function app can't leave out a function.
/// </summary>
internal sealed class AllowedMethods
{
    private readonly Lazy<IReadOnlyList<(TemplateMatcher Route, IReadOnlyList<string> Methods)>> _routes;

    public AllowedMethods(EndpointDataSource routes, IOptions<BlobOptions> blob)
    {
        // Not before the first request that needs them: by then the host has mapped the routes.
        _routes = new(() => [.. Routes(routes, blob.Value)]);
    }

    /// <summary>The methods, in alphabetical order; none for a path without a route.</summary>
    public IReadOnlyList<string> Of(PathString path)
    {
        var matches = _routes.Value.Select(route => (route.Methods, Fit: FitOf(route.Route, path))).Where(static route => route.Fit > 0)
            .ToList();
        var best = matches.Select(static route => route.Fit).DefaultIfEmpty().Max();
        return
        [
            .. matches.Where(route => route.Fit == best).SelectMany(static route => route.Methods)
                .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>405 for a method that the path does not support.</summary>
    /// <param name="request">The request.</param>
    /// <param name="detail">Why not; null if no route has the method.</param>
    public Failure Refusal(HttpRequest request, string? detail = null) =>
        RoutingFailures.MethodRefused with { Detail = detail ?? RoutingFailures.MethodRefused.Detail, Allow = Of(request.Path) };

    // 2: all parts of the route have a value. 1: the rest of the path, which the route requires, is empty: "blobs/c" is the container, and
    // no blob without a name. 0: no match.
    private static int FitOf(TemplateMatcher route, PathString path)
    {
        var values = new RouteValueDictionary();
        return !route.TryMatch(path, values) ? 0
            : route.Template.Parameters.All(parameter => values[parameter.Name!] is string { Length: > 0 }) ? 2 : 1;
    }

    // A route that accepts any method would have handled the request.
    private static IEnumerable<(TemplateMatcher Route, IReadOnlyList<string> Methods)> Routes(
        EndpointDataSource routes, BlobOptions blob) =>
        from endpoint in routes.Endpoints.OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        let route = endpoint.RoutePattern.RawText ?? ""
        where methods.Count > 0
        select (
            new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []),
            (IReadOnlyList<string>)
            [
                .. methods.Select(static method => method.ToUpperInvariant()).Where(method => IsOn(blob, route, method)),
            ]);

    private static bool IsOn(BlobOptions blob, string route, string method) => method switch
    {
        "DELETE" => blob.AllowDelete || !route.EndsWith($"/{SluiceRoutes.Blob}", StringComparison.Ordinal),
        "GET" or "HEAD" => blob.AllowList || !route.EndsWith($"/{SluiceRoutes.Container}", StringComparison.Ordinal),
        _ => true,
    };
}
