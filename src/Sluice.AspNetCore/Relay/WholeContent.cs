using System.Net;

namespace Sluice.AspNetCore.Relay;

/// <summary>
/// A request's content that ends only with its body, and no later than its request. If YARP's own is cancelled before it has written
/// anything, it returns instead of throwing (StreamCopyHttpContent, the first flush). HttpClient then completes the request normally, and
/// the service would see a complete, empty body.
/// </summary>
internal sealed class WholeContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly BodyCopy _copy;

    public WholeContent(HttpContent inner, BodyCopy copy)
    {
        (_inner, _copy) = (inner, copy);
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await _copy.RunAsync(ends => _inner.CopyToAsync(stream, context, ends), cancellationToken);
        if (!_copy.Body.Ended)
        {
            // Report what ended the request, not its consequences.
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException("The body was not read to its end.");
        }
    }

    // YARP's content declares the length as a header.
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
