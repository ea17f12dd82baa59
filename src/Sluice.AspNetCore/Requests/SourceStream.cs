using System.Runtime.ExceptionServices;
using Sluice.Body;

namespace Sluice.AspNetCore.Requests;

/// <summary>
/// A stream of the app's own, on its way into an upload. What it throws ends the upload like a body that breaks off, and is thrown again
/// afterwards: it is the app's exception, not a failure of Sluice's.
/// </summary>
internal sealed class SourceStream(Stream inner) : ForwardStream
{
    private ExceptionDispatchInfo? _thrown;

    /// <summary>Throws what the stream has thrown, if it has.</summary>
    public void ThrowIfBroken() => _thrown?.Throw();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _thrown = ExceptionDispatchInfo.Capture(e);
            throw new IOException("The source of the body failed.", e);
        }
    }
}
