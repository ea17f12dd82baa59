using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Health;
using Sluice.AspNetCore.Results;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.AspNetCore.Endpoints;

/// <summary>
/// <c>GET</c> or <c>HEAD</c> of <c>/api/health/live</c> and <c>/api/health/ready</c>, for orchestrators and load balancers. Sluice.Server
/// requires no key.
/// </summary>
public sealed class HealthEndpoint
{
    private static readonly Task<IResult> Live = Task.FromResult<IResult>(new HealthResult(new HealthResponse("live", [])));

    private readonly EndpointGuard _guard;
    private readonly Readiness _readiness;
    private readonly IOptions<HealthOptions> _options;

    // Before that, there is no new result.
    private TimeSpan Later => _options.Value.CacheTime > TimeSpan.FromSeconds(1) ? _options.Value.CacheTime : TimeSpan.FromSeconds(1);

    internal HealthEndpoint(EndpointGuard guard, Readiness readiness, IOptions<HealthOptions> options)
    {
        _guard = guard;
        _readiness = readiness;
        _options = options;
    }

    /// <summary>
    /// Liveness: 200 as long as the process responds, whatever the state of storage. Restarting the process would not help.
    /// </summary>
    public Task<IResult> LiveAsync(HttpRequest request) => _guard.RunAsync(request, static (_, _) => Live, isLimited: false);

    /// <summary>Readiness: 200 when this instance can do its work; otherwise 503 <c>not-ready</c>, with the failed checks.</summary>
    public Task<IResult> ReadyAsync(HttpRequest request) => _guard.RunAsync(request, ReadyAsync, isLimited: false);

    private async Task<IResult> ReadyAsync(HttpRequest request, CancellationToken aborted)
    {
        var (ready, checks) = await _readiness.AskAsync();
        return ready
            ? new HealthResult(new HealthResponse("ready", checks))
            : _guard.Refuse(
                new Failure(FailureKind.NotReady, Phase.Admit, "This instance should receive no requests now. The checks give the reason.")
                { RetryAfter = Later },
                checks);
    }
}
