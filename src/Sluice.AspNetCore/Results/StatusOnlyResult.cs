using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>A status without a body.</summary>
internal sealed class StatusOnlyResult(int status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
