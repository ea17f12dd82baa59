using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>200 with how this instance is.</summary>
internal sealed class HealthAnswer(HealthBody health) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.WriteAsync(httpContext.Response, health, AnswerJson.Readable.HealthBody);
    }
}
