using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Requests;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Lifetime;
using Sluice.Settings;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>Reads the first bytes of a request's body without consuming them.</summary>
internal sealed class BodyPeeker(IOptions<PeekOptions> peek, IOptions<BodyOptions> body, Shutdown shutdown, TimeProvider time)
{
    /// <summary>Waits for a window of bytes, or the end of the body, and passes them to <paramref name="look"/>.</summary>
    public async ValueTask<Result<T>> PeekAsync<T>(HttpRequest request, IncomingBody.Look<T> look, CancellationToken aborted)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, shutdown.Over);
        using var idle = new IdleTimer(body.Value.IdleTimeout, time, ends, shutdown);
        return await UploadRequest.Body(request).PeekAsync(peek.Value.WindowBytes, idle, look, ends.Token);
    }
}
