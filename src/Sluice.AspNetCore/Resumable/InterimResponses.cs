using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Routes;
using Sluice.Body;

namespace Sluice.AspNetCore.Resumable;

/// <summary>
/// 104 (Upload Resumption Supported): tells a client the URL of its upload while it is still sending (draft-ietf-httpbis-resumable-upload,
/// section 5). Kestrel has no API for interim responses, but until the response begins, nothing else writes to an HTTP/1.1 connection. An
/// HTTP/2 connection is shared with other requests, and the Functions host drops interim responses.
/// </summary>
/// <param name="host">What is between the client and this process.</param>
internal sealed class InterimResponses(SluiceHost host)
{
    /// <summary>
    /// Whether one can be sent for this request. A client of a draft gets none unless it names a revision that is known here (draft,
    /// appendix B).
    /// </summary>
    public bool IsPossible(HttpContext context) =>
        host == SluiceHost.Kestrel && HttpProtocol.IsHttp11(context.Request.Protocol) && HttpDraft.Of(context.Request).Interop is not null
        && context.Features.Get<IConnectionTransportFeature>() is not null;

    /// <summary>Sends one. A client that can't be reached is noticed by the next read of its body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="location">The path of the upload.</param>
    /// <param name="limits">The limits of the upload.</param>
    /// <param name="watch">Ends the request of a client that does not read.</param>
    public static async ValueTask SendAsync(HttpRequest request, string location, string limits, BodyWatch watch)
    {
        var context = request.HttpContext;
        if (context.Response.HasStarted)
        {
            return;
        }

        var output = context.Features.Get<IConnectionTransportFeature>()!.Transport.Output;
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 104 Upload Resumption Supported\r\n{HttpDraft.InteropField}: {HttpDraft.Of(request).Interop}\r\n"
                + $"Location: {location}\r\n{UploadHeaders.Limit}: {limits}\r\n\r\n");
        watch.Idle.Arm();
        try
        {
            Encoding.ASCII.GetBytes(head, output);
            await output.FlushAsync(watch.Token);
        }
        catch (IOException)
        {
        }
        finally
        {
            watch.Idle.Disarm();
        }

        // The client may now send, whether or not it waits for 100 (Continue).
        UploadRequest.Body(request).Invite();
    }
}
