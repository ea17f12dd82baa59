using System.IO.Pipelines;
using Sluice.Body;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>A request's body that is sent while the request is under way, and may end in any way.</summary>
internal sealed class PipedBody
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
    private bool _gone;

    public PipedBody() => Incoming = new IncomingBody(_pipe.Reader, _ => _gone);

    public IncomingBody Incoming { get; }

    /// <summary>Sends bytes, and waits until all of them were taken or nobody takes any more.</summary>
    public async Task SendAsync(byte[] bytes, Task request)
    {
        await _pipe.Writer.WriteAsync(bytes.AsMemory(0, 0));
        var sent = _pipe.Writer.WriteAsync(bytes).AsTask();
        await Task.WhenAny(sent, request);
    }

    public void End() => _pipe.Writer.Complete();

    /// <summary>The connection breaks.</summary>
    public void Leave()
    {
        _gone = true;
        _pipe.Writer.Complete(new IOException("The client reset the connection."));
    }
}
