using System.Runtime.CompilerServices;
using Sluice.Failures;
using Sluice.Lifetime;

namespace Sluice.Body;

/// <summary>
/// Cancels an upload when its client sends nothing for too long. It runs only during each wait for the client, so time spent waiting for
/// storage, or for memory, never counts against the client.
/// </summary>
internal sealed class IdleTimer : IDisposable
{
    private const long NotArmed = long.MinValue;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _upload;
    private readonly Shutdown? _shutdown;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _armed = NotArmed;
    private long _waitedTicks;
    private volatile string? _stalled;

    public IdleTimer(TimeSpan timeout, TimeProvider time, CancellationTokenSource upload, Shutdown? shutdown = null)
    {
        _timeout = timeout;
        _time = time;
        _upload = upload;
        _shutdown = shutdown;
        _timer = time.CreateTimer(static state => ((IdleTimer)state!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The total time spent waiting for the client so far, the current wait included.</summary>
    public TimeSpan Waited
    {
        get
        {
            lock (_gate)
            {
                return TimeSpan.FromTicks(_waitedTicks) + (_armed == NotArmed ? TimeSpan.Zero : _time.GetElapsedTime(_armed));
            }
        }
    }

    /// <summary>
    /// Waits for the client to send bytes, or to accept them, and lets the timer run meanwhile. What has happened already needs no timer.
    /// </summary>
    public ValueTask<T> WaitAsync<T>(ValueTask<T> pending) => pending.IsCompleted ? pending : TimeAsync(pending);

    /// <summary>Starts the timer for a wait that has no result; for all others, <see cref="WaitAsync"/> does.</summary>
    public void Arm()
    {
        lock (_gate)
        {
            _armed = _time.GetTimestamp();
        }

        _timer.Change(_timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Stops the timer.</summary>
    public void Disarm()
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // A part of a form and the form itself wait for the same client: the wait counts only once.
        lock (_gate)
        {
            if (_armed != NotArmed)
            {
                _waitedTicks += _time.GetElapsedTime(_armed).Ticks;
                _armed = NotArmed;
            }
        }
    }

    /// <summary>Ends the upload early, because it is too slow to keep others waiting for it.</summary>
    /// <param name="why">The reason reported to its client.</param>
    public void GiveUp(string why)
    {
        _stalled = why;
        try
        {
            _upload.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The upload ended before this call.
        }
    }

    /// <summary>
    /// Attributes a failure to the party that caused it: a read cancelled by the time-out is a client stall, not a disconnect; a read
    /// cancelled because the process stops is our doing.
    /// </summary>
    public Failure Blame(Failure failure) => _stalled is { } why && failure.Kind == FailureKind.ClientGone
        ? new Failure(FailureKind.ClientStalled, failure.Phase, why)
        : _shutdown?.Blame(failure) ?? failure;

    public void Dispose() => _timer.Dispose();

    // A slow client is waited for many times: without a pool, each wait would create more garbage.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> TimeAsync<T>(ValueTask<T> pending)
    {
        Arm();
        try
        {
            return await pending;
        }
        finally
        {
            Disarm();
        }
    }

    private void Expire() => GiveUp($"The client sent nothing for {_timeout.TotalSeconds:0.###} seconds.");
}
