using Microsoft.AspNetCore.Http;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Results;

/// <summary>200: the delivery was here before. What it brought then is kept, and nothing was passed on again.</summary>
internal sealed class DuplicateResult(Duplicate duplicate) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (target, blob) = (duplicate.Target, duplicate.First);
        httpContext.Response.Headers.ETag = blob.ETag;
        var body = new DuplicateResponse("duplicate", target.Container, target.Name, blob.Length, blob.ETag);
        return JsonResponse.WriteAsync(httpContext.Response, body, ResponseJson.Readable.DuplicateResponse);
    }
}
