using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.AspNetCore.Results;
using Sluice.Failures;

namespace Sluice.AspNetCore;

/// <summary>Tells what routing found wrong in the words of the endpoints: on a host that has middleware.</summary>
public static class RouteProblems
{
    /// <summary>
    /// 404 for a route that is not there and 405 for a method that its route does not have, with routing's <c>Allow</c>, as problems. What an endpoint answered, a
    /// service's bare 404 for instance, is left as it is.
    /// </summary>
    /// <param name="app">The host.</param>
    public static IApplicationBuilder UseRouteProblems(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        await next(context);
        if (!context.Response.HasStarted && context.GetEndpoint() is not RouteEndpoint && Of(context.Response.StatusCode) is { } failure)
        {
            await context.RefuseAsync(failure);
        }
    });

    private static Failure? Of(int status) => status switch
    {
        StatusCodes.Status404NotFound => RoutingFailures.RouteUnknown,
        StatusCodes.Status405MethodNotAllowed => RoutingFailures.MethodRefused,
        _ => null,
    };
}
