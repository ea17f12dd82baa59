namespace Sluice.AspNetCore.Results;

/// <summary>The response to a replay.</summary>
/// <param name="Replayed">How many events are being delivered again.</param>
/// <param name="Left">How many others were looked at, and are still in the dead-letter queue.</param>
internal sealed record ReplayResponse(int Replayed, int Left);
