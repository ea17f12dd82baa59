using Microsoft.Extensions.Time.Testing;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Body;

public sealed class GuardedBodyStallTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _ends = new();
    private readonly ScriptedBody _body = new();

    public void Dispose() => _ends.Dispose();

    [Fact]
    public async Task A_client_that_sends_nothing_is_blamed()
    {
        var reading = Guard().ReadAsync(new byte[10], _ends.Token).AsTask();
        _time.Advance(Timeout - TimeSpan.FromTicks(1));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        var failure = (await reading.Soon()).Failure.Is(FailureKind.ClientStalled, Phase.Transfer);
        Assert.Contains("30 seconds", failure.Detail, StringComparison.Ordinal);
        Assert.True(_ends.IsCancellationRequested);
    }

    [Fact]
    public async Task Every_byte_grants_the_whole_time_again()
    {
        using var guard = Guard();
        for (var i = 0; i < 10; i++)
        {
            var reading = guard.ReadAsync(new byte[10], _ends.Token).AsTask();
            _time.Advance(Timeout - TimeSpan.FromSeconds(1));
            _body.Send(new byte[1]);
            Assert.Equal(new BodyRead(1), await reading);
        }
    }

    [Fact]
    public async Task Time_between_reads_does_not_count()
    {
        using var guard = Guard();
        var reading = guard.ReadAsync(new byte[1], _ends.Token).AsTask();
        _body.Send(new byte[2]);
        await reading;

        _time.Advance(TimeSpan.FromHours(1));

        Assert.False(_ends.IsCancellationRequested);
        Assert.Equal(new BodyRead(1), await guard.ReadAsync(new byte[1], _ends.Token));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(_ends.IsCancellationRequested);
    }

    [Fact]
    public async Task No_timer_is_set_for_bytes_that_are_there()
    {
        var time = new CountingTime(_time);
        using var guard = Guarded.Of(_body, idle: new IdleTimer(Timeout, time, _ends));
        _body.Send(new byte[100]);
        var set = time.Changes;

        for (var i = 0; i < 100; i++)
        {
            await guard.ReadAsync(new byte[1], _ends.Token);
        }

        Assert.Equal(set, time.Changes);
    }

    [Fact]
    public async Task A_wait_for_the_next_byte_can_stall_too()
    {
        var reading = Guard().ReadAsync(Memory<byte>.Empty, _ends.Token).AsTask();
        _time.Advance(Timeout);

        (await reading.Soon()).Failure.Is(FailureKind.ClientStalled, Phase.Transfer);
    }

    [Fact]
    public async Task A_stalled_body_stays_stalled()
    {
        using var guard = Guard();
        var reading = guard.ReadAsync(new byte[10], _ends.Token).AsTask();
        _time.Advance(Timeout);
        await reading.Soon();

        (await guard.ReadAsync(new byte[10], _ends.Token)).Failure.Is(FailureKind.ClientStalled, Phase.Transfer);
    }

    [Fact]
    public async Task A_client_that_leaves_in_time_has_not_stalled()
    {
        var reading = Guard().ReadAsync(new byte[10], _ends.Token).AsTask();
        _time.Advance(Timeout / 2);
        _body.Leave();

        (await reading.Soon()).Failure.Is(FailureKind.ClientGone, Phase.Transfer);
    }

    [Fact]
    public void A_timer_that_fires_while_its_upload_ends_does_no_harm()
    {
        var time = new LateTime();
        var idle = new IdleTimer(Timeout, time, _ends);
        idle.Arm();

        idle.Dispose();
        _ends.Dispose();

        // Disposing of a timer does not wait for a callback that is already under way.
        time.Fire();
    }

    private GuardedBody Guard() => Guarded.Of(_body, idle: new IdleTimer(Timeout, _time, _ends));

    private sealed class CountingTime(FakeTimeProvider inner) : TimeProvider
    {
        public int Changes { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new CountingTimer(this, inner.CreateTimer(callback, state, dueTime, period));

        private sealed class CountingTimer(CountingTime time, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                time.Changes++;
                return timer.Change(dueTime, period);
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }

    private sealed class LateTime : TimeProvider
    {
        public Action Fire { get; private set; } = static () => { };

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Fire = () => callback(state);
            return new FakeTimeProvider().CreateTimer(callback, state, dueTime, period);
        }
    }
}
