using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>204: the blob is deleted.</summary>
internal sealed class DeletedResult : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
