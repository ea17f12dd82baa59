namespace Sluice.Events.Destinations;

/// <summary>What became of one attempt to deliver an event.</summary>
internal sealed record DeliveryResult
{
    /// <summary>The destination has it.</summary>
    public static DeliveryResult Delivered { get; } = new();

    /// <summary>Why it failed; null if it did not.</summary>
    public string? Problem { get; private init; }

    /// <summary>Whether the destination wants no more events.</summary>
    public bool IsGone { get; private init; }

    /// <summary>Whether no later attempt can succeed.</summary>
    public bool IsLost { get; private init; }

    /// <summary>Whether it was not attempted: it is not the event's fault.</summary>
    public bool IsPostponed { get; private init; }

    /// <summary>When the destination wants the next attempt; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Whether the destination seems to be down: it did not refuse this one event.</summary>
    public bool IsDown { get; private init; }

    /// <summary>It failed.</summary>
    /// <param name="problem">Why.</param>
    /// <param name="retryAfter">When the destination wants the next attempt; null if it does not say.</param>
    /// <param name="status">The status of the response; null if there was none.</param>
    public static DeliveryResult Failed(string problem, TimeSpan? retryAfter = null, int? status = null) => new()
    {
        Problem = problem,
        RetryAfter = retryAfter,
        IsDown = status is null or 408 or 429 or >= 500,
    };

    /// <summary>The destination wants no more events.</summary>
    public static DeliveryResult Gone(string problem) => new() { Problem = problem, IsGone = true };

    /// <summary>No later attempt can succeed.</summary>
    public static DeliveryResult Lost(string problem) => new() { Problem = problem, IsLost = true };

    /// <summary>It is not the time for it.</summary>
    public static DeliveryResult Postponed(string problem, TimeSpan retryAfter) =>
        new() { Problem = problem, IsPostponed = true, RetryAfter = retryAfter };
}
