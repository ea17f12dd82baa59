using Sluice.Diagnostics;
using Sluice.Routing;

namespace Sluice.Uploads;

/// <summary>The outcome for a body that arrived complete.</summary>
/// <param name="Receipt">What was stored, if anything was.</param>
/// <param name="Answered">Whether a downstream service's response already went to the client.</param>
internal sealed record UploadOutcome(Receipt? Receipt, bool Answered)
{
    /// <summary>The status of a downstream service's response; null if none responded.</summary>
    public int? DownstreamStatus { get; init; }

    /// <summary>The delivery that it repeats; null if it is not a duplicate.</summary>
    public Duplicate? Duplicate { get; init; }

    /// <summary>The response to a sender that only checks whether the endpoint is alive; null for any other body.</summary>
    public ChallengeReply? Challenge { get; init; }

    /// <summary>The suffix of its name, added because other bytes have the chosen name; null if it has the chosen name.</summary>
    public string? Suffix { get; init; }

    /// <summary>The outcome in one word.</summary>
    public OutcomeKind Outcome => this switch
    {
        { Duplicate: not null } => OutcomeKind.Duplicate,
        { Challenge: not null } => OutcomeKind.Answered,
        { Receipt: not null } => OutcomeKind.Stored,
        _ => OutcomeKind.Relayed,
    };
}
