using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Requests;
using Sluice.Settings;

namespace Sluice.AspNetCore.Results;

/// <summary>
/// Reads the rest of a refused body and throws it away. A client, or the Functions host, that is in the middle of sending sees the
/// answer only when it gets rid of its bytes: closing early would reset the connection under them. Bounded in bytes and in time, and by the patience with a
/// client that sends nothing; what is left beyond that is cut.
/// </summary>
internal static class Drain
{
    /// <summary>
    /// A bound on the time where this instance is shutting down: the process ends ShutdownService.Margin after the grace period, and then the
    /// connection is cut anyway.
    /// </summary>
    public static readonly TimeSpan Last = TimeSpan.FromSeconds(1);

    /// <param name="context">The request.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="most">A bound on the time that is tighter than <see cref="BodyOptions.DrainTimeout"/>; null for none.</param>
    public static async Task RunAsync(HttpContext context, BodyOptions options, TimeProvider time, TimeSpan? most = null)
    {
        var request = context.Request;
        if (!HasBody(context))
        {
            return;
        }

        // The answer goes out first: who listens while sending may stop at once.
        await context.Response.CompleteAsync();

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var (began, longest) = (time.GetTimestamp(), most < options.DrainTimeout ? most.Value : options.DrainTimeout);
        await using var timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), ends, Left(), Timeout.InfiniteTimeSpan);
        var body = UploadRequest.Body(request);
        try
        {
            for (long drained = 0; drained < options.DrainBytes;)
            {
                var read = await body.ReadAsync(ends.Token);
                drained += read.Buffer.Length;
                body.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }

                _ = timer.Change(Left(), Timeout.InfiniteTimeSpan);
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The client is gone or broken, and Kestrel may have ended the reader by then: there is nothing left to be polite to.
            return;
        }
        catch (OperationCanceledException)
        {
            // Too slow.
        }

        // Left to itself, Kestrel would read on for 5 seconds, as fast as it comes (RequestBodyDrainTimeout).
        if (!HttpProtocol.IsHttp2(request.Protocol))
        {
            context.Abort();
        }

        TimeSpan Left()
        {
            var left = longest - time.GetElapsedTime(began);
            return left > options.IdleTimeout ? options.IdleTimeout : left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>
    /// The bounds where the Functions host stands in front: it sends a body to its end before it reads an answer, and where it can't, its client gets an empty 500. So all of it is
    /// read, for as long as an answer reaches anybody: the front end gives up after 230 seconds
    /// (https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#limits). That is less than any plan's <c>functionTimeout</c>, which would end the
    /// worker with all that it does.
    /// </summary>
    public static void BehindFunctions(BodyOptions options) => (options.DrainBytes, options.DrainTimeout) = (long.MaxValue, TimeSpan.FromSeconds(230));

    /// <summary>
    /// Whether a client that said <c>Expect: 100-continue</c> was never asked for its body. Seeing a final status instead, it does not send it
    /// (RFC 9110, section 10.1.1), and over HTTP/1.1 no other request can follow on its connection.
    /// </summary>
    public static bool IsClientWaiting(HttpRequest request) => request.Headers.ContainsKey(HeaderNames.Expect) && !UploadRequest.Body(request).IsAsked;

    private static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
}
