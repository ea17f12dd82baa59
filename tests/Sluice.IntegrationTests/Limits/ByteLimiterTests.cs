using System.Threading.RateLimiting;
using Sluice.AspNetCore.Limits;

namespace Sluice.IntegrationTests.Limits;

/// <summary>Bytes are owed, and paid by time.</summary>
public sealed class ByteLimiterTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void A_debt_is_paid_at_the_rate_and_the_wait_for_it_is_told()
    {
        using var limiter = new ByteLimiter(perSecond: 100, burst: 1_000, _clock);
        Assert.True(limiter.AttemptAcquire(0).IsAcquired);

        Assert.True(limiter.AttemptAcquire(3_000).IsAcquired);

        Assert.Equal(20, RetryAfter(limiter)?.TotalSeconds ?? 0, 0.1);
        _clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(1, RetryAfter(limiter)?.TotalSeconds ?? 0, 0.1);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(RetryAfter(limiter));
    }

    [Fact]
    public void No_more_than_the_burst_is_saved_up()
    {
        using var limiter = new ByteLimiter(perSecond: 100, burst: 1_000, _clock);
        _clock.Advance(TimeSpan.FromDays(1));

        limiter.AttemptAcquire(1_000).Dispose();

        Assert.NotNull(RetryAfter(limiter));
    }

    [Fact]
    public void A_caller_in_debt_is_not_forgotten_and_one_that_paid_is()
    {
        using var limiter = new ByteLimiter(perSecond: 100, burst: 1_000, _clock);
        limiter.AttemptAcquire(1_000).Dispose();
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(limiter.IdleDuration);

        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(TimeSpan.FromSeconds(15), limiter.IdleDuration);
    }

    [Fact]
    public void The_largest_limits_and_debts_are_numbers_too()
    {
        using var largest = new ByteLimiter(long.MaxValue, long.MaxValue, _clock);
        _clock.Advance(TimeSpan.FromDays(10_000));
        Assert.True(largest.AttemptAcquire(int.MaxValue).IsAcquired);

        using var smallest = new ByteLimiter(1, 1, _clock);
        smallest.AttemptAcquire(int.MaxValue).Dispose();
        Assert.Equal(int.MaxValue, RetryAfter(smallest)?.TotalSeconds ?? 0, 10.0);
    }

    // What a next request would be told; null if it were taken.
    private static TimeSpan? RetryAfter(ByteLimiter limiter)
    {
        using var lease = limiter.AttemptAcquire(0);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.Zero;
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
