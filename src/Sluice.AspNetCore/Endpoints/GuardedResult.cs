using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>An answer under the guard of its endpoint: what throws while it is written is a problem too, or a broken connection once a byte of it is out.</summary>
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
            // Nobody is left to be told.
            httpContext.Abort();
        }
        catch (Exception e)
        {
            var problem = guard.Bug(httpContext.Request, e);
            if (!httpContext.Response.HasStarted)
            {
                // Half of an answer's fields say something of an answer that there is not.
                httpContext.Response.Clear();
            }

            await problem.ExecuteAsync(httpContext);
        }
    }
}
