using Sluice.Failures;

namespace Sluice.Lifetime;

/// <summary>
/// How far the process's shutdown has come. It only moves forward:
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

    /// <summary>The process was asked to stop, and is not ready any more.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Fires when the grace period ends: uploads that are still active then have to end.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>How many uploads are active.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Why a new body is not accepted, or null.</summary>
    public Failure? Refusal => _isClosed
        ? new Failure(FailureKind.ShuttingDown, Phase.Admit, "This instance is shutting down and accepts no new bodies. Retry.")
        : null;

    public void Begin() => _isStopping = true;

    /// <summary>Stops accepting new bodies.</summary>
    public void Close()
    {
        // In this order: code that is notified of the stop finds it closed.
        _isClosed = true;
        _isStopping = true;
        // Before the active uploads are counted: any that enters later has seen that it is closed.
        Interlocked.MemoryBarrier();
        NoticeIdle();
    }

    /// <summary>Ends the grace period.</summary>
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

    /// <summary>
    /// Registers a body. It is counted before the caller checks <see cref="Refusal"/>, so that none slips through in between.
    /// </summary>
    public void Enter() => Interlocked.Increment(ref _underWay);

    /// <summary>Unregisters a body, however it ended.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            NoticeIdle();
        }
    }

    /// <summary>Waits until no upload is active and, because it is closed, no new one can start.</summary>
    public Task WhenIdleAsync() => _idle.Task;

    /// <summary>
    /// Attributes a failure to the party that caused it: a client that seems to have disconnected because of <see cref="Over"/> was cut off
    /// by us.
    /// </summary>
    public Failure Blame(Failure failure) => failure.Kind == FailureKind.ClientGone && _over.IsCancellationRequested
        ? new Failure(
            FailureKind.ShuttingDown, failure.Phase,
            "This instance is shutting down and could not wait for the end of the body (Sluice:Shutdown:GracePeriod). Send it again.")
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
