using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Diagnostics;
using Sluice.AspNetCore.Results;
using Sluice.Settings;

namespace Sluice.AspNetCore.Health;

/// <summary>
/// The registered <see cref="IHealthCheck"/>s, run by one caller at a time, cached for a while, and awaited within bounds. Logs when their
/// result changes, in the category of <see cref="Readiness"/>, which operators know.
/// </summary>
internal sealed class CachedHealthChecks(
    HealthCheckService checks, IOptions<HealthCheckServiceOptions> registered, IOptions<HealthOptions> options, TimeProvider time,
    ILogger<Readiness> logger)
{
    public const string Good = "healthy";
    public const string Bad = "unhealthy";

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<HealthCheckResponse>>? _run;
    private long _ended;
    private bool? _wasReady;

    /// <summary>What each of them found.</summary>
    public async ValueTask<IReadOnlyList<HealthCheckResponse>> AskAsync()
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
            logger.Ready();
        }
        else if (!ready && _wasReady != false)
        {
            logger.NotReady(string.Join("; ", report.Entries
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
}
