using Microsoft.AspNetCore.Http;
using Sluice.Settings;

namespace Sluice.AspNetCore.Results;

/// <summary>200 with what was seen; the rest of the body is drained, within bounds.</summary>
internal sealed class PeekAnswer(PeekReport report, BodyOptions options, TimeProvider time) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(httpContext.Response, report, AnswerJson.Readable.PeekReport);
        await Drain.RunAsync(httpContext, options, time);
    }
}
