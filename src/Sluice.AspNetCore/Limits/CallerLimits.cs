using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.AspNetCore.Limits;

/// <summary>
/// The limits per caller (<c>Sluice:Limits</c>). Both hosts use one limiter: ASP.NET Core's middleware applies it on Kestrel, and
/// <see cref="EndpointGuard"/> in the Functions worker, which has no middleware of ours. <see cref="PartitionedRateLimiter"/> forgets idle
/// callers.
/// </summary>
internal sealed class CallerLimits : PartitionedRateLimiter<HttpContext>
{
    // Nothing signals when a request of this caller ends.
    private static readonly TimeSpan _later = TimeSpan.FromSeconds(1);

    private readonly SluiceHost _host;
    private readonly PartitionedRateLimiter<HttpContext>? _atOnce;
    private readonly PartitionedRateLimiter<HttpContext>? _perTime;
    private readonly PartitionedRateLimiter<HttpContext>? _bytes;

    public CallerLimits(SluiceHost host, IOptions<LimitOptions> options, TimeProvider time)
    {
        var limits = options.Value;
        (_host, AddressField) = (host, string.IsNullOrEmpty(limits.ClientAddressField) ? null : limits.ClientAddressField);
        // Each limiter has a timer that fires ten times a second.
        if (!(limits.Enabled ?? host == SluiceHost.Kestrel))
        {
            return;
        }

        _atOnce = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetConcurrencyLimiter(
            Name(context), _ => new ConcurrencyLimiterOptions { PermitLimit = limits.RequestsAtOnce }));
        _perTime = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            Name(context),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = limits.RequestBurst,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1) / limits.RequestsPerMinute
            }));
        _bytes = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.Get<string>(
            Name(context), _ => new ByteLimiter(limits.BytesPerSecond, limits.ByteBurst, time)));
    }

    /// <summary>
    /// The field in which the platform reports the client's address (<c>Sluice:Limits:ClientAddressField</c>); null for none.
    /// </summary>
    public string? AddressField { get; }

    /// <summary>Whether callers are limited at all.</summary>
    [MemberNotNullWhen(true, nameof(_atOnce), nameof(_perTime), nameof(_bytes))]
    public bool IsEnabled => _bytes is not null;

    /// <summary>
    /// Counts bytes of a request's body against its caller. They have already arrived, so they are never refused; the caller's next request
    /// may be.
    /// </summary>
    public void Charge(HttpContext context, int bytes) => _bytes?.AttemptAcquire(context, bytes).Dispose();

    /// <summary>The failure that the caller gets.</summary>
    /// <param name="refused">The lease that was not acquired.</param>
    public static Failure Refusal(RateLimitLease refused) =>
        new(FailureKind.RateLimited, Phase.Admit, "This caller exceeded its limit on requests or bytes (Sluice:Limits).")
        {
            RetryAfter = refused.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > _later ? after : _later,
        };

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => _atOnce?.GetStatistics(resource);

    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        if (!IsEnabled)
        {
            throw new InvalidOperationException("Limits of callers are disabled (Sluice:Limits:Enabled).");
        }

        var bytes = _bytes.AttemptAcquire(resource, 0);
        if (!bytes.IsAcquired)
        {
            return bytes;
        }

        // Only this lease holds a permit until it is disposed of.
        var atOnce = _atOnce.AttemptAcquire(resource, permitCount);
        if (!atOnce.IsAcquired || _perTime.AttemptAcquire(resource, permitCount) is not { IsAcquired: false } late)
        {
            return atOnce;
        }

        atOnce.Dispose();
        return late;
    }

    // No queue: a client that is told when to retry holds no connection meanwhile.
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(resource, permitCount));

    protected override void Dispose(bool disposing)
    {
        _atOnce?.Dispose();
        _perTime?.Dispose();
        _bytes?.Dispose();
        base.Dispose(disposing);
    }

    private string Name(HttpContext context) => CallerFinder.Find(context, _host, AddressField).Share;
}
