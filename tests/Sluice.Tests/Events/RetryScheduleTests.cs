using CsCheck;
using Sluice.Events.Delivery;
using Sluice.Settings;

namespace Sluice.Tests.Events;

/// <summary>Attempts get rarer, are spread, and never exceed the limit.</summary>
public sealed class RetryScheduleTests
{
    private static readonly EventOptions _options = new();

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(5, 160)]
    [InlineData(12, 20_480)]
    [InlineData(13, 21_600)]
    [InlineData(int.MaxValue, 21_600)]
    public void The_time_doubles_up_to_the_limit(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetrySchedule.Delay(_options, attempts, null, 0));

    [Fact]
    public void It_is_at_most_a_quarter_shorter_and_never_longer_than_the_limit() =>
        Gen.Select(Gen.Int[1, 100], Gen.Double[0, 1], Gen.Int[0, 1_000_000]).Sample((attempts, random, wanted) =>
        {
            var full = RetrySchedule.Delay(_options, attempts, null, 0);
            var own = RetrySchedule.Delay(_options, attempts, null, random);
            var asked = RetrySchedule.Delay(_options, attempts, TimeSpan.FromSeconds(wanted), random);
            return own <= full && own >= full * 0.75 && asked >= own && asked <= _options.MaxRetryDelay
                && (asked >= TimeSpan.FromSeconds(wanted) || asked == _options.MaxRetryDelay);
        });
}
