using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Health;
using Sluice.AspNetCore.Results;
using Sluice.Lifetime;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Lifetime;

/// <summary>How results are kept, shared and waited for, on a clock of the test's own.</summary>
public sealed class ReadinessTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Shutdown _shutdown = new();
    private readonly Life _life = new();
    private readonly HealthOptions _options = new();
    private int _asked;
    private Func<Task<HealthCheckResult>> _check = static () => Task.FromResult(HealthCheckResult.Healthy());

    [Fact]
    public async Task A_result_is_given_out_until_it_is_too_old()
    {
        using var services = Services();
        var readiness = Of(services);
        await readiness.AskAsync();
        _check = static () => Task.FromResult(HealthCheckResult.Unhealthy());
        _time.Now += _options.CacheTime - TimeSpan.FromTicks(1);
        Assert.True((await readiness.AskAsync()).Ready);
        Assert.Equal(1, _asked);

        _time.Now += TimeSpan.FromTicks(1);

        Assert.False((await readiness.AskAsync()).Ready);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Those_who_ask_at_once_share_one_answer()
    {
        var result = new TaskCompletionSource<HealthCheckResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _check = () => result.Task;
        using var services = Services();
        var readiness = Of(services);

        var asking = Enumerable.Range(0, 10).Select(_ => readiness.AskAsync().AsTask()).ToList();
        result.SetResult(HealthCheckResult.Healthy());

        Assert.All(await Task.WhenAll(asking), static answer => Assert.True(answer.Ready));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Who_stops_or_has_not_started_is_not_ready_at_once_and_asks_nobody()
    {
        using var services = Services();
        var readiness = Of(services);
        await readiness.AskAsync();
        _shutdown.Begin();
        Assert.Equal(["startup healthy", "shutdown unhealthy shutting-down"], Redaction(await readiness.AskAsync()));

        using var young = Services();
        Assert.Equal(
            ["startup unhealthy warming-up", "shutdown healthy"],
            Redaction(await Of(young, new Life(started: false), new Shutdown()).AskAsync()));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Of_a_check_of_somebody_else_only_what_is_meant_for_callers_is_told()
    {
        using var services = Services(more => more
            .AddCheck("open", static () => HealthCheckResult.Degraded(
                "a secret", data: new Dictionary<string, object> { ["detail"] = "for all", ["other"] = "a secret" }))
            .AddCheck("broken", static () => throw new InvalidOperationException("a secret")));

        var answer = await Of(services).AskAsync();

        Assert.False(answer.Ready);
        Assert.Equal(["mine healthy", "open degraded for all", "broken unhealthy"], Redaction(answer)[2..]);
    }

    public void Dispose() => _shutdown.Dispose();

    private static List<string> Redaction((bool Ready, IReadOnlyList<HealthCheckResponse> Checks) answer) =>
        [.. answer.Checks.Select(static check => $"{check.Name} {check.Status} {check.Detail}".TrimEnd())];

    private ServiceProvider Services(Action<IHealthChecksBuilder>? more = null)
    {
        var services = new ServiceCollection().AddLogging();
        var checks = services.AddHealthChecks().AddAsyncCheck("mine", () =>
        {
            Interlocked.Increment(ref _asked);
            return _check();
        });
        more?.Invoke(checks);
        return services.BuildServiceProvider();
    }

    private Readiness Of(ServiceProvider services, IHostApplicationLifetime? life = null, Shutdown? shutdown = null) => new(
        new CachedHealthChecks(
            services.GetRequiredService<HealthCheckService>(),
            services.GetRequiredService<IOptions<HealthCheckServiceOptions>>(),
            Options.Create(_options),
            _time,
            NullLogger<Readiness>.Instance),
        shutdown ?? _shutdown,
        life ?? _life);

    private sealed class Life(bool started = true) : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted { get; } = new(started);

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication()
        {
        }
    }

    // Its timers are the system's: only what is kept is to grow old.
    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
