using Sluice.Failures;
using Sluice.Lifetime;

namespace Sluice.Body;

/// <summary>
/// Watches one request body: when it has to end, and who is to blame then. A form has a single watch, however many files it contains: they
/// share its idle time-out, and once the form was accepted, a shutdown does not refuse its later files.
/// </summary>
/// <param name="shutdown">The shutdown of the process, in which the body is under way until this is disposed of.</param>
/// <param name="ends">Fires when the body has to end. Disposed of together with this.</param>
/// <param name="idle">Runs while the server waits for the client. Disposed of together with this.</param>
/// <param name="refusal">Why the body is not accepted, or null.</param>
internal sealed class BodyWatch(Shutdown shutdown, CancellationTokenSource ends, IdleTimer idle, Failure? refusal) : IDisposable
{
    /// <summary>Runs while the server waits for the client.</summary>
    public IdleTimer Idle => idle;

    /// <summary>
    /// Fires when the body has to end: the client disconnected or stalled, or the process is stopping and can't wait for it.
    /// </summary>
    public CancellationToken Token => ends.Token;

    /// <summary>Why the body is not accepted, or null.</summary>
    public Failure? Refusal => refusal;

    /// <summary>Attributes a failure to the party that caused it.</summary>
    public Failure Blame(Failure failure) => shutdown.Blame(failure);

    public void Dispose()
    {
        idle.Dispose();
        ends.Dispose();
        shutdown.Leave();
    }
}
