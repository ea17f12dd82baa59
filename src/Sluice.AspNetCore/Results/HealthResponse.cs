namespace Sluice.AspNetCore.Results;

/// <summary>The health of this instance.</summary>
/// <param name="Status">`live` or `ready`.</param>
/// <param name="Checks">The results of the checks; empty for `live`.</param>
internal sealed record HealthResponse(string Status, IReadOnlyList<HealthCheckResponse> Checks);
