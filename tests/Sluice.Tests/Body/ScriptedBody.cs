using System.Buffers;
using System.IO.Pipelines;
using Sluice.Body;

namespace Sluice.Tests.Body;

/// <summary>
/// A request body that does what a test says. Its reader is a real pipe's, so consumed and examined mean what they mean in a server.
/// What is scripted arrives one piece at a time, and only when somebody waits for it; everything runs on the caller's thread.
/// </summary>
internal sealed class ScriptedBody : PipeReader
{
    private readonly Queue<Action> _script = new();
    private Exception? _reset;
    private readonly Pipe _pipe = new(new PipeOptions(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 0,
        useSynchronizationContext: false));

    public ScriptedBody() => Incoming = new IncomingBody(this, _ => IsSenderGone);

    public IncomingBody Incoming { get; }

    /// <summary>What the server says of the connection when a read fails.</summary>
    public bool IsSenderGone { get; set; }

    /// <summary>How often it was read.</summary>
    public int Reads { get; private set; }

    /// <summary>Somebody waits for the sender.</summary>
    public bool IsReadPending { get; private set; }

    /// <summary>Called at every read.</summary>
    public Action? OnRead { get; set; }

    /// <summary>A body that arrives whole and ends.</summary>
    public static ScriptedBody Of(byte[] content) => InPieces(content, content.Length);

    /// <summary>A body that was there, end and all, before anybody read it.</summary>
    public static ScriptedBody Arrived(byte[] content)
    {
        var body = new ScriptedBody();
        body.Send(content);
        body.End();
        return body;
    }

    /// <summary>A body that arrives in pieces of these sizes, over and over, and then ends.</summary>
    public static ScriptedBody InPieces(byte[] content, params int[] sizes)
    {
        var body = new ScriptedBody();
        for (var (start, piece) = (0, 0); start < content.Length; piece++)
        {
            var size = Math.Min(sizes[piece % sizes.Length], content.Length - start);
            body.Then(content.AsMemory(start, size));
            start += size;
        }

        return body.ThenEnd();
    }

    /// <summary>Random bytes, the same in every run.</summary>
    public static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    public ScriptedBody Then(ReadOnlyMemory<byte> bytes) => Then(() => Send(bytes));

    public ScriptedBody ThenEnd() => Then(End);

    /// <summary>The next wait for the sender makes this happen.</summary>
    public ScriptedBody Then(Action happens)
    {
        _script.Enqueue(happens);
        return this;
    }

    public void Send(ReadOnlyMemory<byte> bytes)
    {
        _pipe.Writer.Write(bytes.Span);
        _ = _pipe.Writer.FlushAsync(TestContext.Current.CancellationToken).AsTask();
    }

    public void End() => _pipe.Writer.Complete();

    /// <summary>The connection closes.</summary>
    public void Leave()
    {
        IsSenderGone = true;
        Break();
    }

    /// <summary>The framing breaks.</summary>
    public void Break() => Break(new IOException("Unexpected end of request content."));

    public void Break(Exception exception) => _pipe.Writer.Complete(exception);

    /// <summary>
    /// The client resets its HTTP/2 stream: from now on the server's reader throws, whatever is asked of it. A read that is pending
    /// ends a moment later (<see cref="Break()"/>).
    /// </summary>
    public void Reset()
    {
        IsSenderGone = true;
        _reset = new IOException("The client reset the request stream.");
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        Reads++;
        OnRead?.Invoke();
        ThrowIfReset();
        var read = _pipe.Reader.ReadAsync(cancellationToken);
        while (!read.IsCompleted && _script.TryDequeue(out var happens))
        {
            happens();
        }

        return read.IsCompleted ? read : WaitAsync(read);
    }

    public override bool TryRead(out ReadResult result) => _pipe.Reader.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        ThrowIfReset();
        _pipe.Reader.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead()
    {
        ThrowIfReset();
        _pipe.Reader.CancelPendingRead();
    }

    public override void Complete(Exception? exception = null) => _pipe.Reader.Complete(exception);

    private void ThrowIfReset()
    {
        if (_reset is not null)
        {
            throw _reset;
        }
    }

    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read)
    {
        IsReadPending = true;
        try
        {
            return await read;
        }
        finally
        {
            IsReadPending = false;
        }
    }
}
