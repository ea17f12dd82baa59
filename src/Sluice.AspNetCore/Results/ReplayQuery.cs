namespace Sluice.AspNetCore.Results;

/// <summary>Which events are delivered again: those that have everything that is set.</summary>
internal sealed record ReplayQuery
{
    /// <summary>The id of the event.</summary>
    public string? Id { get; init; }

    /// <summary>The destination, which is switched on again if it had said that it wants no more events.</summary>
    public string? Destination { get; init; }

    /// <summary>The earliest time of the event.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which it happened.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>A blob, as <c>container/name</c>: its event is made anew, whether it was delivered or not.</summary>
    public string? Blob { get; init; }
}
