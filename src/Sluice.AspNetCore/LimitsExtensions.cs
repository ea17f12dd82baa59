using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.Limits;
using Sluice.Diagnostics;

namespace Sluice.AspNetCore;

/// <summary>Limits callers on a host that has middleware.</summary>
public static class LimitsExtensions
{
    /// <summary>
    /// Refuses requests of callers that exceed <c>Sluice:Limits</c>, with ASP.NET Core's rate limiter. It belongs after authentication,
    /// which identifies the key, and before authorization, so that callers who guess keys are limited too.
    /// </summary>
    /// <param name="app">The host.</param>
    public static IApplicationBuilder UseSluiceLimits(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<CallerLimits>();
        var metrics = app.ApplicationServices.GetRequiredService<SluiceMetrics>();
        return limits.IsEnabled
            ? app.UseRateLimiter(new RateLimiterOptions
            {
                GlobalLimiter = limits,
                OnRejected = async (rejected, _) =>
                {
                    var failure = CallerLimits.Refusal(rejected.Lease);
                    metrics.Failed(failure);
                    await rejected.HttpContext.RefuseAsync(failure);
                },
            })
            : app;
    }
}
