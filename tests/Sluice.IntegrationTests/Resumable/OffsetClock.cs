namespace Sluice.IntegrationTests.Resumable;

/// <summary>A clock that is wrong by as much as a test says, with timers that run.</summary>
internal sealed class OffsetClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
