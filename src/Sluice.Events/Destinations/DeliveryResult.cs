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

    /// <summary>It failed.</summary>
    public static DeliveryResult Failed(string problem, TimeSpan? retryAfter = null) => new() { Problem = problem, RetryAfter = retryAfter };

    /// <summary>The destination wants no more events.</summary>
    public static DeliveryResult Gone(string problem) => new() { Problem = problem, IsGone = true };

    /// <summary>No later attempt can succeed.</summary>
    public static DeliveryResult Lost(string problem) => new() { Problem = problem, IsLost = true };

    /// <summary>It is not the time for it.</summary>
    public static DeliveryResult Postponed(string problem, TimeSpan retryAfter) =>
        new() { Problem = problem, IsPostponed = true, RetryAfter = retryAfter };
}
