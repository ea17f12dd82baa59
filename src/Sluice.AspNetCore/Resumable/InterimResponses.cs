using System.Globalization;
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
            await SendAsync(request, $"Location: {location}\r\n{UploadHeaders.Limit}: {limits}\r\n", watch.Token);
        }
        finally
        {
            watch.Idle.Disarm();
        }

        // The client may now send, whether or not it waits for 100 (Continue).
        UploadRequest.Body(request).Invite();
    }

    /// <summary>Sends offsets of the upload that a request appends to; null if it can't be sent any.</summary>
    /// <param name="request">The request, of this protocol.</param>
    /// <param name="location">The path of the upload, if the request created it: all of its responses have the same.</param>
    public Func<long, CancellationToken, ValueTask>? Reporter(HttpRequest request, string? location = null) =>
        !IsPossible(request.HttpContext) ? null
        : location is null ? (offset, ends) => SendAsync(request, Offset(offset), ends)
        : (offset, ends) => SendAsync(request, $"Location: {location}\r\n{Offset(offset)}", ends);

    private static string Offset(long offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{UploadHeaders.Offset}: {offset}\r\n");

    private static async ValueTask SendAsync(HttpRequest request, string fields, CancellationToken cancellationToken)
    {
        var context = request.HttpContext;
        if (context.Response.HasStarted)
        {
            return;
        }

        var output = context.Features.Get<IConnectionTransportFeature>()!.Transport.Output;
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 104 Upload Resumption Supported\r\n{HttpDraft.InteropField}: {HttpDraft.Of(request).Interop}\r\n{fields}\r\n");
        try
        {
            Encoding.ASCII.GetBytes(head, output);
            await output.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
        }
    }
}
