using Microsoft.AspNetCore.Http;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Results;

/// <summary>200: the delivery was here before. What it brought then is kept, and nothing was passed on again.</summary>
internal sealed class DuplicateAnswer(Duplicate duplicate) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (target, blob) = (duplicate.Target, duplicate.First);
        httpContext.Response.Headers.ETag = blob.ETag;
        var body = new DuplicateBody("duplicate", target.Container, target.Name, blob.Length, blob.ETag);
        return JsonAnswer.WriteAsync(httpContext.Response, body, AnswerJson.Readable.DuplicateBody);
    }
}
