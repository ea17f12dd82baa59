using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Requests;
using Sluice.Settings;

namespace Sluice.AspNetCore.Results;

/// <summary>
/// A downstream service's response, which has already been sent; the part of the body that it did not read is drained within bounds.
/// </summary>
internal sealed class RelayedResult(BodyOptions options, TimeProvider time) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        UploadRequest.Body(httpContext.Request).IsAtEnd || httpContext.Response.Headers.Connection == "close"
            ? Task.CompletedTask
            : Drain.RunAsync(httpContext, options, time);
}
