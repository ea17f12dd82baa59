using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>200 with the health of this instance.</summary>
internal sealed class HealthResult(HealthResponse health) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        return SmallContent.WriteJsonAsync(httpContext.Response, health, ResponseJson.Readable.HealthResponse);
    }
}
