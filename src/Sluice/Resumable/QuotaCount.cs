using Sluice.Body;
using Sluice.Rights;

namespace Sluice.Resumable;

/// <summary>Counts what arrived of a request's body, when the request has ended.</summary>
internal readonly struct QuotaCount(QuotaReservation reserved, GuardedBody body) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => reserved.SettleAsync(body.Bytes);
}
