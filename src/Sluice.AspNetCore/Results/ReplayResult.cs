using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>202: events are being delivered again.</summary>
internal sealed class ReplayResult(ReplayResponse response) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status202Accepted;
        httpContext.Response.Headers.CacheControl = "no-store";
        return SmallContent.WriteJsonAsync(httpContext.Response, response, ResponseJson.Readable.ReplayResponse);
    }
}
