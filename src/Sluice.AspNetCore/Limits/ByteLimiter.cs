using System.Threading.RateLimiting;

namespace Sluice.AspNetCore.Limits;

/// <summary>
/// The bytes that one caller may send. A token bucket that may go below zero: the length of a body is unknown until it has arrived, so its
/// bytes are deducted as they arrive, and a caller in debt waits until the debt is paid.
/// </summary>
/// <param name="perSecond">How many bytes are replenished per second.</param>
/// <param name="burst">The capacity of the bucket, in bytes.</param>
/// <param name="time">The clock.</param>
internal sealed class ByteLimiter(long perSecond, long burst, TimeProvider time) : RateLimiter
{
    private static readonly RateLimitLease _granted = new Lease(null);

    private readonly Lock _gate = new();
    private double _balance = burst;
    private long _at = time.GetTimestamp();
    private long _used = time.GetTimestamp();

    /// <summary>How long the bucket has been idle; null while it is being replenished, so that a debt is not forgotten.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_gate)
            {
                Refill();
                return _balance >= burst ? time.GetElapsedTime(_used, _at) : null;
            }
        }
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_gate)
        {
            Refill();
            return new RateLimiterStatistics { CurrentAvailablePermits = (long)Math.Max(0, _balance) };
        }
    }

    // Zero: checks whether bytes are available. Otherwise they are deducted, even below zero.
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_gate)
        {
            Refill();
            _used = _at;
            _balance -= permitCount;
            return permitCount > 0 || _balance > 0
                ? _granted
                : new Lease(TimeSpan.FromSeconds(Math.Min((1 - _balance) / perSecond, TimeSpan.MaxValue.TotalSeconds / 2)));
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(permitCount));

    private void Refill()
    {
        var now = time.GetTimestamp();
        _balance = Math.Min(burst, _balance + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
    }

    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = retryAfter;
            return !IsAcquired && metadataName == MetadataName.RetryAfter.Name;
        }
    }
}
