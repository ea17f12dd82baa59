using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.Results;

namespace Sluice.AspNetCore;

/// <summary>Lets pages of other sites call the API, on a host that has middleware.</summary>
public static class CrossOriginExtensions
{
    /// <summary>
    /// Lets the pages of <c>Sluice:Cors</c> and <c>Sluice:Resumable:AllowedOrigins</c> read the responses of Sluice's routes, and answers
    /// their preflight requests. It belongs before authentication: a preflight carries no key, and a page has to see a 401. An app that
    /// uses ASP.NET Core's own CORS middleware for these routes does not need it.
    /// </summary>
    /// <param name="app">The host.</param>
    public static IApplicationBuilder UseSluiceCors(this IApplicationBuilder app)
    {
        var pages = app.ApplicationServices.GetRequiredService<CrossOrigin>();
        return app.Use(async (context, next) =>
        {
            pages.Apply(context.Request);
            if (pages.IsPreflight(context.Request))
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            await next(context);
        });
    }
}
