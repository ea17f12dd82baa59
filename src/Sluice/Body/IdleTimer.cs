using Sluice.Lifetime;

namespace Sluice.Body;

/// <summary>
/// Cancels an upload when its client sends nothing for too long. Armed around each wait for the client, so that time spent waiting for
/// storage never counts against the client.
/// </summary>
internal sealed class IdleTimer : IDisposable
{
    private readonly CancellationTokenSource _upload;
    private readonly Shutdown? _shutdown;
    private readonly TimeSpan _timeout;
    private readonly ITimer _timer;
    private volatile bool _expired;

    public IdleTimer(TimeSpan timeout, TimeProvider time, CancellationTokenSource upload, Shutdown? shutdown = null)
    {
        _timeout = timeout;
        _upload = upload;
        _shutdown = shutdown;
        _timer = time.CreateTimer(static state => ((IdleTimer)state!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Arm() => _timer.Change(_timeout, Timeout.InfiniteTimeSpan);

    public void Disarm() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Puts the blame where it belongs: a read that was cancelled because time ran out is the client's stall, not its departure; because the process stops, nobody's but ours.</summary>
    public Failure Blame(Failure failure) => _expired && failure.Kind == FailureKind.ClientGone
        ? new Failure(FailureKind.ClientStalled, failure.Phase, $"The client sent nothing for {_timeout.TotalSeconds:0.###} seconds.")
        : _shutdown?.Blame(failure) ?? failure;

    public void Dispose() => _timer.Dispose();

    private void Expire()
    {
        _expired = true;
        try
        {
            _upload.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The upload ended while this callback was on its way.
        }
    }
}
