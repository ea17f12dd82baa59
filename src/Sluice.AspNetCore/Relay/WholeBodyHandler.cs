using Sluice.Body;

namespace Sluice.AspNetCore.Relay;

/// <summary>Puts the content that can't end early around YARP's, which lets nobody replace it before.</summary>
internal sealed class WholeBodyHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>The body of a request.</summary>
    public static HttpRequestOptionsKey<BodyStream> Body { get; } = new("Sluice.Body");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { Headers.ContentLength: not 0 } content && request.Options.TryGetValue(Body, out var body))
        {
            request.Content = new WholeContent(content, body);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
