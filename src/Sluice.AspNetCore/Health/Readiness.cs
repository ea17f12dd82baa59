using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Results;
using Sluice.Diagnostics;
using Sluice.Lifetime;
using Sluice.Settings;

namespace Sluice.AspNetCore.Health;

/// <summary>
/// Whether this instance should receive traffic. The state of the process itself is always current. The registered
/// <see cref="IHealthCheck"/>s are run by one caller at a time, cached for a while, and awaited within bounds.
/// </summary>
internal sealed partial class Readiness(
    HealthCheckService checks, Shutdown shutdown, IHostApplicationLifetime lifetime, IOptions<HealthCheckServiceOptions> registered,
    IOptions<HealthOptions> options, TimeProvider time, ILogger<Readiness> logger)
{
    private const string Good = "healthy";
    private const string Bad = "unhealthy";

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<HealthCheckResponse>>? _run;
    private long _ended;
    private bool? _wasReady;

    /// <summary>The checks, and whether all of them pass.</summary>
    public async ValueTask<(bool Ready, IReadOnlyList<HealthCheckResponse> Checks)> AskAsync()
    {
        var started = lifetime.ApplicationStarted.IsCancellationRequested;
        List<HealthCheckResponse> found =
        [
            new("startup", started ? Good : Bad, started ? null : "warming-up"),
            new("shutdown", shutdown.IsStopping ? Bad : Good, shutdown.IsStopping ? "shutting-down" : null),
        ];

        // Skip storage checks during shutdown and before startup has finished.
        if (started && !shutdown.IsStopping)
        {
            found.AddRange(await CheckAsync());
        }

        return (found.TrueForAll(static check => check.Status != Bad), found);
    }

    private async ValueTask<IReadOnlyList<HealthCheckResponse>> CheckAsync()
    {
        Task<IReadOnlyList<HealthCheckResponse>> run;
        lock (_gate)
        {
            if (_run is null || (_run.IsCompleted && time.GetElapsedTime(_ended) >= options.Value.CacheTime))
            {
                // Runs on a thread of its own, so that a check that blocks holds up nobody here. It also runs outside the request that
                // triggered it: its log entries belong to the process.
                using (ExecutionContext.SuppressFlow())
                {
                    _run = Task.Run(RunAsync);
                }
            }

            run = _run;
        }

        try
        {
            return await run.WaitAsync(options.Value.Timeout, time);
        }
        catch (TimeoutException)
        {
            return [.. registered.Value.Registrations.Select(static check => new HealthCheckResponse(check.Name, Bad, "timed-out"))];
        }
    }

    private async Task<IReadOnlyList<HealthCheckResponse>> RunAsync()
    {
        var report = await checks.CheckHealthAsync();
        _ended = time.GetTimestamp();
        var ready = report.Status != HealthStatus.Unhealthy;
        if (ready && _wasReady == false)
        {
            Ready(logger);
        }
        else if (!ready && _wasReady != false)
        {
            NotReady(logger, string.Join("; ", report.Entries
                .Where(static entry => entry.Value.Status == HealthStatus.Unhealthy)
                .Select(static entry => $"{entry.Key}: {entry.Value.Description ?? "unhealthy"}")));
        }

        _wasReady = ready;
        return [.. report.Entries.Select(static entry => new HealthCheckResponse(entry.Key, entry.Value.Status switch
        {
            HealthStatus.Healthy => Good,
            HealthStatus.Degraded => "degraded",
            _ => Bad,
        }, HealthDetail.In(entry.Value)))];
    }

    [LoggerMessage(16, LogLevel.Warning, "Not ready: {Checks}")]
    private static partial void NotReady(ILogger logger, LogText checks);

    [LoggerMessage(17, LogLevel.Information, "Ready again.")]
    private static partial void Ready(ILogger logger);
}
