#if DEVELOPMENT_BUILD
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Routes;
using Sluice.Server.Settings;
#endif

namespace Sluice.Server;

/// <summary>
/// The API as a page to read and to try (Swagger UI): <c>/api/docs</c>, in the Development environment only. It reads
/// <c>/api/openapi.json</c>, which a server with keys does not show to a browser: there the page does not exist. A published build has
/// none.
/// </summary>
internal static class ReferencePage
{
#if DEVELOPMENT_BUILD
    private const string Route = $"{SluiceRoutes.Prefix}/docs";

    // All that it needs is in the package. Its style attributes can't be hashed.
    private const string Policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";
#endif

    /// <summary>The path of the page; null if this server has none.</summary>
    public static string? PathOn(WebApplication app) =>
#if DEVELOPMENT_BUILD
        app.Environment.IsDevelopment() && !app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.IdentifiesCallers
            ? $"/{Route}"
            : null;
#else
        null;
#endif

    /// <summary>Adds the page, if this server has one.</summary>
    public static void UseOn(WebApplication app)
    {
#if DEVELOPMENT_BUILD
        if (PathOn(app) is { } path)
        {
            app.UseWhen(
                context => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase),
                static docs => docs
                    .Use(static (context, next) =>
                    {
                        context.Response.Headers.ContentSecurityPolicy = Policy;
                        return next(context);
                    })
                    .UseSwaggerUI(static ui =>
                    {
                        ui.RoutePrefix = Route;
                        ui.DocumentTitle = "Sluice";
                        ui.SwaggerEndpoint($"/{SluiceRoutes.Prefix}/{SluiceRoutes.OpenApi}", "Sluice");
                    }));
        }
#endif
    }
}
