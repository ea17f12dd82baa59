using Sluice.Failures;

namespace Sluice.AspNetCore.Results;

/// <summary>Delivers events again. The package Sluice.Events registers it: <c>AddSluiceEvents()</c>.</summary>
internal interface IEventReplay
{
    /// <summary>Whether there are any.</summary>
    bool IsOn { get; }

    /// <summary>Puts events into the outbox again.</summary>
    ValueTask<Result<ReplayResponse>> RunAsync(ReplayQuery query, CancellationToken cancellationToken);
}
