namespace Sluice.Events.Outbox;

/// <summary>A message that is in the outbox.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PopReceipt">What is needed to change it.</param>
/// <param name="At">A timestamp from before it was sent.</param>
internal sealed record SentMessage(string Id, string PopReceipt, long At);
