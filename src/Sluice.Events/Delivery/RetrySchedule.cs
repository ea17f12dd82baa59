using Microsoft.Extensions.Options;
using Sluice.Events.Destinations;
using Sluice.Events.Messages;
using Sluice.Settings;

namespace Sluice.Events.Delivery;

/// <summary>When a delivery is tried again: later and later, never all at once, and not for ever.</summary>
internal sealed class RetrySchedule(IOptions<EventOptions> options, TimeProvider time)
{
    private const int MaxDoublings = 30;

    /// <summary>The time until the next attempt; null if there is none.</summary>
    /// <param name="delivery">The delivery, with the attempts that have failed.</param>
    /// <param name="result">How the last attempt failed.</param>
    public TimeSpan? Next(OutboxMessage delivery, DeliveryResult result)
    {
        var delay = result.IsPostponed
            ? result.RetryAfter!.Value * (1 + Random.Shared.NextDouble())
            : Delay(options.Value, delivery.Attempts, result.RetryAfter, Random.Shared.NextDouble());
        return time.GetUtcNow() + delay - delivery.Since > options.Value.MaxAge ? null : delay;
    }

    /// <summary>The time between two attempts.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="attempts">How many have failed.</param>
    /// <param name="retryAfter">When the destination wants the next one; null if it does not say.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(EventOptions options, int attempts, TimeSpan? retryAfter, double random)
    {
        var doubled = options.RetryDelay * Math.Pow(2, Math.Clamp(attempts - 1, 0, MaxDoublings));
        var own = Least(doubled, options.MaxRetryDelay) * (1 - (random / 4));
        return Least(retryAfter > own ? retryAfter.Value : own, options.MaxRetryDelay);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
