using System.Net;
using Sluice.Body;

namespace Sluice.AspNetCore.Relay;

/// <summary>
/// A request's content that ends only with its body. YARP's own returns when it is cancelled before it has written anything, instead of throwing
/// (StreamCopyHttpContent, the first flush), and HttpClient then ends the request well: the service would see a whole, empty body.
/// </summary>
internal sealed class WholeContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly BodyStream _body;

    public WholeContent(HttpContent inner, BodyStream body)
    {
        (_inner, _body) = (inner, body);
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await _inner.CopyToAsync(stream, context, cancellationToken);
        if (!_body.Ended)
        {
            // What ended the request is to be told, not what came of it.
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException("The body was not read to its end.");
        }
    }

    // YARP's declares it as a header.
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
