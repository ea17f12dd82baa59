using Sluice.Failures;
using Sluice.Lifetime;

namespace Sluice.Body;

/// <summary>
/// One request body under way: when it has to end, and who is to blame then. A form is one of these, however many files it brings: they share
/// its patience, and once it was taken, a shutdown does not refuse the next of them.
/// </summary>
internal sealed class BodyWatch : IDisposable
{
    private readonly Shutdown _shutdown;
    private readonly CancellationTokenSource _ends;

    /// <param name="idleTimeout">How long the client may send nothing.</param>
    /// <param name="shutdown">Whether the process still takes bodies.</param>
    /// <param name="time">The clock.</param>
    /// <param name="aborted">The client went away.</param>
    public BodyWatch(TimeSpan idleTimeout, Shutdown shutdown, TimeProvider time, CancellationToken aborted)
    {
        _shutdown = shutdown;
        _ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, shutdown.Over);
        Idle = new IdleTimer(idleTimeout, time, _ends, shutdown);
        shutdown.Enter();
        Refusal = shutdown.Refusal;
    }

    /// <summary>Runs while somebody waits for the client.</summary>
    public IdleTimer Idle { get; }

    /// <summary>Fires when the body has to end: the client left or stalled, or the process could not wait for it.</summary>
    public CancellationToken Token => _ends.Token;

    /// <summary>Why it is not taken, or null.</summary>
    public Failure? Refusal { get; }

    /// <summary>Puts the blame where it belongs.</summary>
    public Failure Blame(Failure failure) => _shutdown.Blame(failure);

    public void Dispose()
    {
        Idle.Dispose();
        _ends.Dispose();
        _shutdown.Leave();
    }
}
