using Sluice.Diagnostics;

namespace Sluice.Uploads;

/// <summary>What became of a body that arrived whole.</summary>
/// <param name="Receipt">What was stored, if anything was.</param>
/// <param name="Answered">A downstream service's answer went to the client already.</param>
internal sealed record UploadOutcome(Receipt? Receipt, bool Answered)
{
    /// <summary>What it is a repetition of; null where it is none.</summary>
    public Duplicate? Duplicate { get; init; }

    /// <summary>What its sender gets back who only asked whether somebody is here; null where that was no question.</summary>
    public string? Challenge { get; init; }

    /// <summary>What was put behind its name because other bytes have that; null where its name is the one that was chosen.</summary>
    public string? Suffix { get; init; }

    /// <summary>The same in one word.</summary>
    public OutcomeKind Outcome => this switch
    {
        { Duplicate: not null } => OutcomeKind.Duplicate,
        { Challenge: not null } => OutcomeKind.Answered,
        { Receipt: not null } => OutcomeKind.Stored,
        _ => OutcomeKind.Relayed,
    };
}
