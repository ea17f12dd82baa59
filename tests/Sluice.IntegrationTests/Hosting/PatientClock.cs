using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>The system's clock, with timers that give everything as long as a test may take.</summary>
internal sealed class PatientClock : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : SluiceFixture.Patience, Timeout.InfiniteTimeSpan);
}
