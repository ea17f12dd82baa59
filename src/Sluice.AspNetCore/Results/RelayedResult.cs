using Microsoft.AspNetCore.Http;
using Sluice.Settings;

namespace Sluice.AspNetCore.Results;

/// <summary>The answer of a downstream service, which is out already; what it did not want of the body is drained, within bounds.</summary>
internal sealed class RelayedResult(BodyOptions options, TimeProvider time) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => httpContext.Response.Headers.Connection == "close"
        ? Task.CompletedTask
        : Drain.RunAsync(httpContext, options, time);
}
