using Sluice.Failures;

namespace Sluice.Lifetime;

/// <summary>
/// How far the process has come in stopping, for everybody who has to know. It only goes forward:
/// <code>
/// running --Begin--> not ready --Close--> takes no new body --Abandon--> ends those under way
/// </code>
/// </summary>
internal sealed class Shutdown : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;
    private volatile bool _isClosed;
    private int _underWay;

    /// <summary>The process was told to stop: it is not ready any more.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Fires when the grace period is over: what is still under way then has to end.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>How many bodies are under way.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Why a new body is not taken, or null.</summary>
    public Failure? Refusal => _isClosed
        ? new Failure(FailureKind.ShuttingDown, Phase.Admit, "This instance is shutting down and takes no new body; send it again.")
        : null;

    public void Begin() => _isStopping = true;

    /// <summary>No new body from now on.</summary>
    public void Close()
    {
        // In this order: who is told that it stops finds it closed.
        _isClosed = true;
        _isStopping = true;
        // Before it is looked who is there: whoever came later has seen that it is closed.
        Interlocked.MemoryBarrier();
        NoticeIdle();
    }

    /// <summary>The grace period is over.</summary>
    public void Abandon()
    {
        Close();
        try
        {
            _over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The process was faster.
        }
    }

    /// <summary>A body comes in. Counted before it is asked whether there is a <see cref="Refusal"/>, so that none slips through between.</summary>
    public void Enter() => Interlocked.Increment(ref _underWay);

    /// <summary>It is done, one way or the other.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            NoticeIdle();
        }
    }

    /// <summary>Waits until no body is under way and, because it is closed, none can come.</summary>
    public Task WhenIdleAsync() => _idle.Task;

    /// <summary>Puts the blame where it belongs: whoever seems to have left because of <see cref="Over"/> was sent away by us.</summary>
    public Failure Blame(Failure failure) => failure.Kind == FailureKind.ClientGone && _over.IsCancellationRequested
        ? new Failure(FailureKind.ShuttingDown, failure.Phase, "This instance is shutting down and could not wait for the end of the body (Sluice:Shutdown:GracePeriod); send it again.")
        : failure;

    public void Dispose() => _over.Dispose();

    private void NoticeIdle()
    {
        if (_isClosed && UnderWay == 0)
        {
            _idle.TrySetResult();
        }
    }
}
