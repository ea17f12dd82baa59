namespace Sluice;

/// <summary>What became of a body that arrived whole.</summary>
/// <param name="Receipt">What was stored, if anything was.</param>
/// <param name="Answered">A downstream service's answer went to the client already.</param>
internal sealed record Delivery(Receipt? Receipt, bool Answered);
