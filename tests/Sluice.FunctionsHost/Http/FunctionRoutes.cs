using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.Extensions.DependencyInjection;

namespace Sluice.FunctionsHost.Http;

/// <summary>
/// The host's router: functions in order of their names, and the first that matches, however specific another one is. As
/// WebScriptHostHttpRoutesManager in https://github.com/Azure/azure-functions-host and WebJobsRouteBuilder in
/// https://github.com/Azure/azure-webjobs-sdk-extensions
/// </summary>
public sealed class FunctionRoutes
{
    private const string Key = "function";

    private readonly RouteCollection _routes = new();

    /// <summary>Builds it.</summary>
    /// <param name="services">A web application's.</param>
    /// <param name="prefix">What all routes begin with.</param>
    /// <param name="functions">The functions, in any order.</param>
    public FunctionRoutes(IServiceProvider services, string prefix, IEnumerable<HttpFunction> functions)
    {
        foreach (var function in functions.OrderBy(static function => function.Name, StringComparer.OrdinalIgnoreCase))
        {
            var constraints = new Dictionary<string, object>();
            if (function.Methods.Count > 0)
                constraints.Add("httpMethod", new HttpMethodRouteConstraint([.. function.Methods]));
            _routes.Add(new Route(
                new RouteHandler(static _ => Task.CompletedTask), function.Name, $"{prefix}/{function.Route}".TrimStart('/'), [],
                constraints, new RouteValueDictionary { [Key] = function }, services.GetRequiredService<IInlineConstraintResolver>()));
        }
    }

    /// <summary>The function that a request is for, and what its route says; null for none.</summary>
    public async Task<(HttpFunction Function, RouteValueDictionary Values)?> MatchAsync(HttpContext http)
    {
        var context = new RouteContext(http);
        await _routes.RouteAsync(context);
        return context.Handler is null ? null : ((HttpFunction)context.RouteData.DataTokens[Key]!, context.RouteData.Values);
    }
}
