using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Requests;
using Sluice.Settings;

namespace Sluice.AspNetCore.Results;

/// <summary>
/// Reads the rest of a refused body and discards it. A client, or the Functions host, that is still sending sees the response only if its
/// bytes are read: closing early would reset the connection. The drain is bounded in bytes and in time, and by the idle time-out for a
/// client that sends nothing; beyond that the connection is closed.
/// </summary>
internal static class Drain
{
    /// <summary>
    /// A time limit while this instance is shutting down: the process ends ShutdownService.Margin after the grace period, which closes the
    /// connection anyway.
    /// </summary>
    public static readonly TimeSpan Last = TimeSpan.FromSeconds(1);

    /// <param name="context">The request.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="most">A time limit that is tighter than <see cref="BodyOptions.DrainTimeout"/>; null for none.</param>
    public static async Task RunAsync(HttpContext context, BodyOptions options, TimeProvider time, TimeSpan? most = null)
    {
        var request = context.Request;
        if (!HasBody(context))
        {
            return;
        }

        // The response goes out first: a client that listens while sending may stop at once.
        await context.Response.CompleteAsync();

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var (began, longest) = (time.GetTimestamp(), most < options.DrainTimeout ? most.Value : options.DrainTimeout);
        await using var timer = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), ends, Left(), Timeout.InfiniteTimeSpan);
        var body = UploadRequest.Body(request);
        try
        {
            for (long drained = 0; drained < options.DrainBytes;)
            {
                var read = await body.ReadPipeAsync(ends.Token);
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
            // The client has disconnected or sent a broken body, and Kestrel may have ended the reader by then: there is nothing left to
            // drain.
            return;
        }
        catch (OperationCanceledException)
        {
            // Too slow.
        }

        // By default Kestrel would continue to read for 5 seconds, as fast as bytes arrive (RequestBodyDrainTimeout).
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
    /// The bounds behind the Functions host. The host sends a body to its end before it reads a response; if it can't, its client gets an
    /// empty 500. So the whole body is read, for as long as a response can still reach the client: the front end gives up after 230 seconds
    /// (https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#limits). That is less than any plan's
    /// <c>functionTimeout</c>, which would end the worker and everything in it.
    /// </summary>
    public static void BehindFunctions(BodyOptions options) =>
        (options.DrainBytes, options.DrainTimeout) = (long.MaxValue, TimeSpan.FromSeconds(230));

    /// <summary>
    /// Whether a client that sent <c>Expect: 100-continue</c> was never asked for its body. When it sees a final status instead, it does
    /// not send the body (RFC 9110, section 10.1.1), and over HTTP/1.1 no other request can follow on its connection.
    /// </summary>
    public static bool IsClientWaiting(HttpRequest request) =>
        request.Headers.ContainsKey(HeaderNames.Expect) && !UploadRequest.Body(request).IsAsked;

    private static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
}
