using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// A response under the guard of its endpoint: an exception while it is written becomes a problem too, or a broken connection if bytes have
/// already been sent.
/// </summary>
internal sealed class GuardedResult(IResult answer, EndpointGuard guard) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await answer.ExecuteAsync(httpContext);
        }
        catch (Exception) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to receive a response.
            httpContext.Abort();
        }
        catch (Exception e)
        {
            var problem = guard.Bug(httpContext.Request, e);
            if (!httpContext.Response.HasStarted)
            {
                // Half of the response's fields describe a response that is no longer sent.
                httpContext.Response.Clear();
            }

            await problem.ExecuteAsync(httpContext);
        }
    }
}
