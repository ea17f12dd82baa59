namespace Sluice.AspNetCore.Relay;

/// <summary>Wraps YARP's content in content that can't end early; YARP offers no earlier place to replace it.</summary>
internal sealed class WholeBodyHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>The copying of a request's body.</summary>
    public static HttpRequestOptionsKey<BodyCopy> Copy { get; } = new("Sluice.BodyCopy");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { Headers.ContentLength: not 0 } content && request.Options.TryGetValue(Copy, out var copy))
        {
            request.Content = new WholeContent(content, copy);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
