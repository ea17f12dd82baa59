using Microsoft.AspNetCore.Http;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Results;

/// <summary>200: a duplicate delivery. The first one is kept, and nothing was forwarded again.</summary>
/// <param name="duplicate">What it repeats.</param>
/// <param name="status">Another status, for a sender that expects it.</param>
internal sealed class DuplicateResult(Duplicate duplicate, int status = StatusCodes.Status200OK) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (target, blob) = (duplicate.Target, duplicate.First);
        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers.ETag = blob.ETag;
        var body = new DuplicateResponse("duplicate", target.Container, target.Name, blob.Length, blob.ETag);
        return SmallContent.WriteJsonAsync(httpContext.Response, body, ResponseJson.Readable.DuplicateResponse);
    }
}
