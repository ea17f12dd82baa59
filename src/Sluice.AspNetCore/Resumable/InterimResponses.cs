using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Routes;
using Sluice.Body;
using Sluice.Settings;

namespace Sluice.AspNetCore.Resumable;

/// <summary>
/// 104 (Upload Resumption Supported): tells a client the URL of its upload while it is still sending, and how far it is
/// (draft-ietf-httpbis-resumable-upload, section 5). Kestrel has no API for interim responses, but until the response begins, nothing else
/// writes to an HTTP/1.1 connection. An HTTP/2 connection is shared with other requests, HTTP/1.0 has no interim responses, and the
/// Functions host drops them.
/// </summary>
/// <param name="host">What is between the client and this process.</param>
/// <param name="options">Whether they are sent at all.</param>
internal sealed class InterimResponses(SluiceHost host, IOptions<ResumableOptions> options)
{
    // A few hundred bytes, which a connection takes at once unless its client has stopped reading.
    private static readonly TimeSpan WriteTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether one can be sent for this request. A client of a draft gets none unless it names a revision that is known here (draft,
    /// appendix B).
    /// </summary>
    public bool IsPossible(HttpContext context) =>
        options.Value.InterimResponses && host == SluiceHost.Kestrel && HttpProtocol.IsHttp11(context.Request.Protocol)
        && HttpDraft.Of(context.Request).Interop is not null && context.Features.Get<IConnectionTransportFeature>() is not null;

    /// <summary>Sends the URL of an upload. A client that can't be reached is noticed by the next read of its body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="location">The path of the upload.</param>
    /// <param name="limits">The limits of the upload.</param>
    /// <param name="watch">Ends the request of a client that does not read.</param>
    public static async ValueTask AnnounceAsync(HttpRequest request, string location, string limits, BodyWatch watch)
    {
        watch.Idle.Arm();
        try
        {
            await SendAsync(
                request.HttpContext, OutputOf(request),
                $"{Head(request)}Location: {location}\r\n{UploadHeaders.Limit}: {limits}\r\n\r\n", watch.Token);
        }
        finally
        {
            watch.Idle.Disarm();
        }

        // The client may now send, whether or not it waits for 100 (Continue).
        UploadRequest.Body(request).Invite();
    }

    /// <summary>
    /// Sends offsets of the upload that a request appends to; null if interim responses are not possible. They have no <c>Location</c>:
    /// drafts 03 to 09 forbid it there. Drafts 01 and 02 have no such responses.
    /// </summary>
    /// <param name="request">The request, of this protocol.</param>
    public Func<long, CancellationToken, ValueTask>? Reporter(HttpRequest request)
    {
        if (!IsPossible(request.HttpContext) || !HttpDraft.Of(request).HasProgress)
        {
            return null;
        }

        // Read now: the requests of a connection share one context, and it is not for two threads.
        var (context, output, head) = (request.HttpContext, OutputOf(request), Head(request));
        return (offset, ends) => ReportAsync(
            context, output, string.Create(CultureInfo.InvariantCulture, $"{head}{UploadHeaders.Offset}: {offset}\r\n\r\n"), ends);
    }

    private static PipeWriter OutputOf(HttpRequest request) =>
        request.HttpContext.Features.Get<IConnectionTransportFeature>()!.Transport.Output;

    private static string Head(HttpRequest request) => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 104 Upload Resumption Supported\r\n{HttpDraft.InteropField}: {HttpDraft.Of(request).Interop}\r\n");

    // Not cancelled in the middle: TLS could not continue. The response has to wait for it, so a client that reads nothing is cut off.
    private static async ValueTask ReportAsync(HttpContext context, PipeWriter output, string response, CancellationToken ends)
    {
        ends.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(WriteTime);
        try
        {
            await SendAsync(context, output, response, limit.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            throw;
        }
    }

    private static async ValueTask SendAsync(HttpContext context, PipeWriter output, string response, CancellationToken cancellationToken)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        try
        {
            // Copied by the pipe itself: the connection may be aborted by another thread, which returns the pipe's memory.
            await output.WriteAsync(Encoding.ASCII.GetBytes(response), cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The connection is broken, or its pipe is completed already.
        }
    }
}
