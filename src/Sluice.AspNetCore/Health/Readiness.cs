using Microsoft.Extensions.Hosting;
using Sluice.AspNetCore.Results;
using Sluice.Lifetime;

namespace Sluice.AspNetCore.Health;

/// <summary>Whether this instance should receive traffic: the state of the process itself, and the registered checks.</summary>
internal sealed class Readiness(CachedHealthChecks checks, Shutdown shutdown, IHostApplicationLifetime lifetime)
{
    /// <summary>The checks, and whether all of them pass.</summary>
    public async ValueTask<(bool Ready, IReadOnlyList<HealthCheckResponse> Checks)> AskAsync()
    {
        var started = lifetime.ApplicationStarted.IsCancellationRequested;
        var stopping = shutdown.IsStopping;
        List<HealthCheckResponse> found =
        [
            new("startup", started ? CachedHealthChecks.Good : CachedHealthChecks.Bad, started ? null : "warming-up"),
            new("shutdown", stopping ? CachedHealthChecks.Bad : CachedHealthChecks.Good, stopping ? "shutting-down" : null),
        ];

        // Skip storage checks during shutdown and before startup has finished.
        if (started && !stopping)
        {
            found.AddRange(await checks.AskAsync());
        }

        return (found.TrueForAll(static check => check.Status != CachedHealthChecks.Bad), found);
    }
}
