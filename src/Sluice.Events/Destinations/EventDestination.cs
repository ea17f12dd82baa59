using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Sluice.Events.Messages;
using Sluice.Settings;

namespace Sluice.Events.Destinations;

/// <summary>One destination: which events it gets, how fast, and how it is spared while it is down.</summary>
internal sealed class EventDestination : IDisposable
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _breakTime = TimeSpan.FromSeconds(15);

    private readonly EventDestinationOptions _options;
    private readonly IEventReceiver _receiver;
    private readonly TokenBucketRateLimiter? _limiter;
    private readonly ResiliencePipeline<DeliveryResult> _breaker;

    public EventDestination(string name, EventDestinationOptions options, IEventReceiver receiver, TimeProvider time)
    {
        (Name, _options, _receiver) = (name, options, receiver);
        _limiter = options.MaxPerSecond is { } perSecond
            ? new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
            {
                TokenLimit = perSecond,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = _second,
                QueueLimit = 0,
            })
            : null;

        // Half of ten attempts in half a minute failed: everything waits, except one attempt after a while.
        _breaker = new ResiliencePipelineBuilder<DeliveryResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<DeliveryResult>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = _breakTime,
                ShouldHandle = new PredicateBuilder<DeliveryResult>().HandleResult(static result => result.IsDown),
            })
            .Build();
    }

    /// <summary>Its name in the settings.</summary>
    public string Name { get; }

    /// <summary>Whether the settings switch it off.</summary>
    public bool IsEnabled => _options.Enabled;

    /// <summary>Whether it gets an event.</summary>
    public bool Wants(ICloudEvent told) =>
        IsEnabled && _options.Wants(told.TypeName)
        && Has(_options.Containers, told.Container) && Has(_options.Rules, told.Rule) && Has(_options.Sources, told.WebhookSource);

    /// <summary>Attempts to deliver an event. Never throws, unless it is cancelled.</summary>
    public async Task<DeliveryResult> DeliverAsync(OutboxMessage delivery, CancellationToken cancellationToken)
    {
        using var lease = _limiter?.AttemptAcquire();
        if (lease is { IsAcquired: false })
        {
            return DeliveryResult.Postponed("The destination gets no more than its MaxPerSecond.", _second);
        }

        try
        {
            return await _breaker.ExecuteAsync(
                static async (state, token) => await state.Self.AttemptAsync(state.Delivery, token), (Self: this, Delivery: delivery),
                cancellationToken);
        }
        catch (BrokenCircuitException e)
        {
            return DeliveryResult.Postponed("The destination failed too often, and is left alone for a while.", e.RetryAfter ?? _breakTime);
        }
    }

    public void Dispose() => _limiter?.Dispose();

    private async Task<DeliveryResult> AttemptAsync(OutboxMessage delivery, CancellationToken cancellationToken)
    {
        try
        {
            return await _receiver.DeliverAsync(delivery, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return DeliveryResult.Failed(e is Azure.RequestFailedException { Status: > 0 } answer
                ? $"The service returned {answer.Status} {answer.ErrorCode}.".Replace(" .", ".", StringComparison.Ordinal)
                : $"The service can't be reached ({e.GetType().Name}).");
        }
    }

    private static bool Has(IList<string> names, string? name) =>
        names.Count == 0 || (name is not null && names.Contains(name, StringComparer.OrdinalIgnoreCase));
}
