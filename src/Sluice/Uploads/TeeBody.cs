using System.Buffers;
using System.IO.Pipelines;
using Sluice.Body;
using Sluice.Failures;

namespace Sluice.Uploads;

/// <summary>
/// A body that goes to two places: its reader gets the bytes, and they are written to the downstream's pipe before the next read begins. So
/// the slower side sets the pace, and no more than the pipe (64 KiB) is held between them. The reader's side completes the pipe; this class
/// only breaks it, when the body fails.
/// </summary>
internal sealed class TeeBody : BodySource, IDisposable
{
    private const int PipeBytes = 64 * 1024;

    private readonly BodySource _inner;
    private readonly bool _endsWithDownstream;
    private readonly CancellationToken _upload;
    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: PipeBytes, resumeWriterThreshold: PipeBytes / 2, minimumSegmentSize: PipeBytes / 2,
        useSynchronizationContext: false));

    private readonly CancellationTokenSource _waits;
    private volatile bool _isDetached;

    /// <param name="inner">The guarded body.</param>
    /// <param name="endsWithDownstream">Whether the body also ends for the reader when the downstream is gone.</param>
    /// <param name="upload">Canceled when the upload ends; a read canceled by another token concerns only its reader.</param>
    public TeeBody(BodySource inner, bool endsWithDownstream, CancellationToken upload)
    {
        _inner = inner;
        _endsWithDownstream = endsWithDownstream;
        _upload = upload;
        _waits = CancellationTokenSource.CreateLinkedTokenSource(upload);
    }

    /// <summary>What the downstream reads. It ends successfully only after <see cref="CompleteAsync"/>.</summary>
    public BodySource Downstream => new IncomingBody(_pipe.Reader, static _ => true);

    /// <summary>Why the body itself ended early: a failure of its client.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Whether all of it has been read.</summary>
    public bool Ended { get; private set; }

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (_endsWithDownstream && _isDetached && !_upload.IsCancellationRequested)
        {
            return new Failure(FailureKind.DownstreamBroke, Phase.Transfer, "The downstream service stopped reading the body.");
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

    // The bytes written to the pipe are copied; the reader's memory is only read here.
    public override void AllowLateChecks() => _inner.AllowLateChecks();

    public override Task WhenCheckedAsync() => _inner.WhenCheckedAsync();

    /// <summary>The downstream accepts no more: nothing is written to it from now on.</summary>
    public void Detach()
    {
        _isDetached = true;
        _waits.Cancel();
    }

    /// <summary>Signals to the downstream that the body is complete.</summary>
    public ValueTask CompleteAsync() => _pipe.Writer.CompleteAsync();

    /// <summary>Signals to the downstream that the body is incomplete, so that its request is aborted.</summary>
    public ValueTask AbortAsync() => _pipe.Writer.CompleteAsync(new IOException("The body is not whole."));

    public void Dispose() => _waits.Dispose();

    // The bytes read are in the pipe, even if the client has disconnected meanwhile: they may have been the last of a complete body.
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
            // Detached, or the upload ended: the next read reports it.
        }
    }
}
