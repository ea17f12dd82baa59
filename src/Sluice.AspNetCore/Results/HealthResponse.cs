namespace Sluice.AspNetCore.Results;

/// <summary>How this instance is.</summary>
/// <param name="Status">`live` or `ready`.</param>
/// <param name="Checks">What was checked; nothing, for `live`.</param>
internal sealed record HealthResponse(string Status, IReadOnlyList<HealthCheckResponse> Checks);
