using Sluice.Body;

namespace Sluice.AspNetCore.Relay;

/// <summary>Wraps YARP's content in content that can't end early; YARP offers no earlier place to replace it.</summary>
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
