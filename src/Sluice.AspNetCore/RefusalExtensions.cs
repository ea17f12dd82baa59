using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.Endpoints;
using Sluice.Failures;

namespace Sluice.AspNetCore;

/// <summary>Lets a host refuse a request with the same problems as the endpoints.</summary>
internal static class RefusalExtensions
{
    /// <summary>Responds with the failure's problem and drains the body within bounds.</summary>
    public static Task RefuseAsync(this HttpContext context, Failure failure) =>
        context.RequestServices.GetRequiredService<EndpointGuard>().RefuseEarly(context.Request, failure).ExecuteAsync(context);
}
