using Microsoft.AspNetCore.Http;
using Sluice.Settings;

namespace Sluice.AspNetCore.Results;

/// <summary>200 with the report; the rest of the body is drained within bounds.</summary>
internal sealed class PeekReportResult(PeekReport report, BodyOptions options, TimeProvider time) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        await SmallContent.WriteJsonAsync(httpContext.Response, report, ResponseJson.Readable.PeekReport);
        await Drain.RunAsync(httpContext, options, time);
    }
}
