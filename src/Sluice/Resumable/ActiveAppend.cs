using Sluice.Failures;

namespace Sluice.Resumable;

/// <summary>One append of <see cref="ActiveAppends"/>.</summary>
/// <param name="ended">Called when it ends.</param>
internal sealed class ActiveAppend(Action<ActiveAppend> ended) : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Not disposed: it has no timer, and a stop may arrive while the append ends.
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Fires when the append must stop reading.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Completes when all received bytes are in storage, or can't be stored any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>
    /// Attributes a failure to the party that caused it: a client whose append was ended by a takeover is still connected, and must be
    /// informed.
    /// </summary>
    /// <param name="failure">Why nothing more was read.</param>
    /// <param name="client">Fires when the client has disconnected, or was cut off.</param>
    public Failure Blame(Failure failure, CancellationToken client) =>
        failure.Kind == FailureKind.ClientGone && _stop.IsCancellationRequested && !client.IsCancellationRequested
            ? ChainWriter.TakenOver()
            : failure;

    /// <summary>Tells the append to stop reading.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose()
    {
        ended(this);
        _ended.TrySetResult();
    }
}
