using System.Buffers;
using System.IO.Pipelines;
using Sluice.Body;
using Sluice.Failures;

namespace Sluice.Uploads;

/// <summary>
/// A body that goes to two places: whoever reads it gets its bytes, and what was read is written to the downstream's pipe before the next
/// read begins. So the slower side sets the pace, and no more than the pipe (64 KiB) is held between them. The reader's side ends the
/// pipe; this one only breaks it, when the body fails.
/// </summary>
internal sealed class TeeBody : BodySource, IDisposable
{
    private const int PipeBytes = 64 * 1024;

    private readonly BodySource _inner;
    private readonly bool _endsWithDownstream;
    private readonly CancellationToken _upload;
    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: PipeBytes, resumeWriterThreshold: PipeBytes / 2, minimumSegmentSize: PipeBytes / 2, useSynchronizationContext: false));

    private readonly CancellationTokenSource _waits;
    private volatile bool _isDetached;

    /// <param name="inner">The guarded body.</param>
    /// <param name="endsWithDownstream">Whether a downstream that is gone ends the body for the reader too.</param>
    /// <param name="upload">Ends with the upload; a read that is cancelled by another token is its reader's own affair.</param>
    public TeeBody(BodySource inner, bool endsWithDownstream, CancellationToken upload)
    {
        _inner = inner;
        _endsWithDownstream = endsWithDownstream;
        _upload = upload;
        _waits = CancellationTokenSource.CreateLinkedTokenSource(upload);
    }

    /// <summary>What the downstream reads. Its end is the end of the body only after <see cref="CompleteAsync"/>.</summary>
    public BodySource Downstream => new PipeBodySource(new IncomingBody(_pipe.Reader, static _ => true));

    /// <summary>Why the body itself ended early: its client's doing.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Whether all of it passed.</summary>
    public bool Ended { get; private set; }

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (_endsWithDownstream && _isDetached && !_upload.IsCancellationRequested)
        {
            return new Failure(FailureKind.DownstreamBroke, Phase.Transfer, "The downstream service takes no more of the body.");
        }

        var read = await _inner.ReadAsync(destination, cancellationToken);
        if (read.Failure is not null)
        {
            if (_upload.IsCancellationRequested || !cancellationToken.IsCancellationRequested)
            {
                Failure = read.Failure;
                await AbortAsync();
            }

            return read;
        }

        Ended = read.End;
        if (read.Bytes > 0)
        {
            await PassOnAsync(destination.Span[..read.Bytes]);
        }

        return read;
    }

    // What is written to the pipe is copied; the reader's memory is only read here.
    public override void AllowLateChecks() => _inner.AllowLateChecks();

    public override Task WhenCheckedAsync() => _inner.WhenCheckedAsync();

    /// <summary>The downstream takes no more: nothing is written to it from now on.</summary>
    public void Detach()
    {
        _isDetached = true;
        _waits.Cancel();
    }

    /// <summary>Tells the downstream that the body is whole.</summary>
    public ValueTask CompleteAsync() => _pipe.Writer.CompleteAsync();

    /// <summary>Tells the downstream that the body is not whole, so that its request is aborted.</summary>
    public ValueTask AbortAsync() => _pipe.Writer.CompleteAsync(new IOException("The body is not whole."));

    public void Dispose() => _waits.Dispose();

    // What was read is in the pipe, whoever has left meanwhile: it may have been the last of a whole body.
    private ValueTask PassOnAsync(ReadOnlySpan<byte> bytes)
    {
        if (_isDetached)
        {
            return default;
        }

        _pipe.Writer.Write(bytes);
        return FlushAsync();
    }

    private async ValueTask FlushAsync()
    {
        try
        {
            await _pipe.Writer.FlushAsync(_waits.Token);
        }
        catch (OperationCanceledException)
        {
            // Detached, or the upload ended: the next read says so.
        }
    }
}
