using Sluice.Failures;
using Sluice.Lifetime;

namespace Sluice.Body;

/// <summary>
/// Watches one request body: when it has to end, and who is to blame then. A form has a single watch, however many files it contains: they
/// share its idle time-out, and once the form was accepted, a shutdown does not refuse its later files.
/// </summary>
internal sealed class BodyWatch : IDisposable
{
    private readonly Shutdown _shutdown;
    private readonly CancellationTokenSource _ends;

    /// <param name="idleTimeout">How long the client may send nothing.</param>
    /// <param name="shutdown">Tells whether the process still accepts bodies.</param>
    /// <param name="time">The clock.</param>
    /// <param name="aborted">Fires when the client disconnects.</param>
    public BodyWatch(TimeSpan idleTimeout, Shutdown shutdown, TimeProvider time, CancellationToken aborted)
    {
        _shutdown = shutdown;
        _ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, shutdown.Over);
        Idle = new IdleTimer(idleTimeout, time, _ends, shutdown);
        shutdown.Enter();
        Refusal = shutdown.Refusal;
    }

    /// <summary>Runs while the server waits for the client.</summary>
    public IdleTimer Idle { get; }

    /// <summary>
    /// Fires when the body has to end: the client disconnected or stalled, or the process is stopping and can't wait for it.
    /// </summary>
    public CancellationToken Token => _ends.Token;

    /// <summary>Why the body is not accepted, or null.</summary>
    public Failure? Refusal { get; }

    /// <summary>Attributes a failure to the party that caused it.</summary>
    public Failure Blame(Failure failure) => _shutdown.Blame(failure);

    public void Dispose()
    {
        Idle.Dispose();
        _ends.Dispose();
        _shutdown.Leave();
    }
}
