namespace Sluice.IntegrationTests.Pages;

/// <summary>A clock that stands still, with timers that run.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
