using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>204: a blob is deleted, or a delivery is stored whose sender expects this status.</summary>
internal sealed class NoContentResult : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
