using Sluice.AspNetCore.Results;
using Sluice.Failures;

namespace Sluice.Events.Replay;

/// <summary>Where nobody gets events, there are no queues either.</summary>
internal sealed class NoReplay : IEventReplay
{
    public bool IsOn => false;

    public ValueTask<Result<ReplayResponse>> RunAsync(ReplayQuery query, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("There are no events.");
}
