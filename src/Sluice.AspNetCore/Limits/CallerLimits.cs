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
/// What each caller may ask for (<c>Sluice:Limits</c>). One limiter for both hosts: ASP.NET Core's middleware asks it on Kestrel, <see cref="EndpointGuard"/> in the
/// Functions worker, which has no middleware of ours. Callers that are idle are forgotten by <see cref="PartitionedRateLimiter"/>.
/// </summary>
internal sealed class CallerLimits : PartitionedRateLimiter<HttpContext>
{
    // Nothing says when a request of this caller ends.
    private static readonly TimeSpan _later = TimeSpan.FromSeconds(1);

    private readonly SluiceHost _host;
    private readonly string? _addressField;
    private readonly PartitionedRateLimiter<HttpContext>? _atOnce;
    private readonly PartitionedRateLimiter<HttpContext>? _perTime;
    private readonly PartitionedRateLimiter<HttpContext>? _bytes;

    public CallerLimits(SluiceHost host, IOptions<LimitOptions> options, TimeProvider time)
    {
        var limits = options.Value;
        (_host, _addressField) = (host, string.IsNullOrEmpty(limits.ClientAddressField) ? null : limits.ClientAddressField);
        // Each has a timer, ten times a second.
        if (!(limits.Enabled ?? host == SluiceHost.Kestrel))
        {
            return;
        }

        _atOnce = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetConcurrencyLimiter(
            Name(context), _ => new ConcurrencyLimiterOptions { PermitLimit = limits.RequestsAtOnce }));
        _perTime = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            Name(context),
            _ => new TokenBucketRateLimiterOptions { TokenLimit = limits.RequestBurst, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromMinutes(1) / limits.RequestsPerMinute }));
        _bytes = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.Get<string>(
            Name(context), _ => new ByteLimiter(limits.BytesPerSecond, limits.ByteBurst, time)));
    }

    /// <summary>Who a request counts for.</summary>
    public Caller Find(HttpContext context) => Caller.Find(context, _host, _addressField);

    /// <summary>Whether callers are limited at all.</summary>
    [MemberNotNullWhen(true, nameof(_atOnce), nameof(_perTime), nameof(_bytes))]
    public bool IsEnabled => _bytes is not null;

    /// <summary>Counts bytes of a request's body against its caller. They are here, so they are never refused: the caller's next request may be.</summary>
    public void Charge(HttpContext context, int bytes) => _bytes?.AttemptAcquire(context, bytes).Dispose();

    /// <summary>What the caller is told.</summary>
    /// <param name="refused">The lease that was not acquired.</param>
    public static Failure Refusal(RateLimitLease refused) => new(FailureKind.RateLimited, Phase.Admit, "This caller asks for more than one caller may (Sluice:Limits).")
    {
        RetryAfter = refused.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > _later ? after : _later,
    };

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => _atOnce?.GetStatistics(resource);

    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        if (!IsEnabled)
        {
            throw new InvalidOperationException("Callers are not limited (Sluice:Limits:Enabled).");
        }

        var bytes = _bytes.AttemptAcquire(resource, 0);
        if (!bytes.IsAcquired)
        {
            return bytes;
        }

        // Only this one holds something until it is disposed of.
        var atOnce = _atOnce.AttemptAcquire(resource, permitCount);
        if (!atOnce.IsAcquired || _perTime.AttemptAcquire(resource, permitCount) is not { IsAcquired: false } late)
        {
            return atOnce;
        }

        atOnce.Dispose();
        return late;
    }

    // Nobody waits in line: a client that is told when to come again holds no connection meanwhile.
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(resource, permitCount));

    protected override void Dispose(bool disposing)
    {
        _atOnce?.Dispose();
        _perTime?.Dispose();
        _bytes?.Dispose();
        base.Dispose(disposing);
    }

    private string Name(HttpContext context) => Find(context).Name;
}
