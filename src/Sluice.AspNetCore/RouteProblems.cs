using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Results;
using Sluice.Failures;

namespace Sluice.AspNetCore;

/// <summary>Reports routing failures as problems like those of the endpoints, on a host that has middleware.</summary>
internal static class RouteProblems
{
    /// <summary>
    /// Turns the 404 for an unknown route and the 405 for an unsupported method into problems, with the methods in <c>Allow</c> that the
    /// settings leave on. What an endpoint answered, for instance a service's bare 404, is left unchanged.
    /// </summary>
    /// <param name="app">The host.</param>
    public static IApplicationBuilder UseRouteProblems(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        await next(context);
        if (!context.Response.HasStarted && context.GetEndpoint() is not RouteEndpoint && Of(context) is { } failure)
        {
            await context.RefuseAsync(failure);
        }
    });

    private static Failure? Of(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => RoutingFailures.RouteUnknown,
        StatusCodes.Status405MethodNotAllowed =>
            context.RequestServices.GetRequiredService<AllowedMethods>().Refusal(context.Request),
        _ => null,
    };
}
