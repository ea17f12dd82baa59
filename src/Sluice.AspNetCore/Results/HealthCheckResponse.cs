namespace Sluice.AspNetCore.Results;

/// <summary>The result of one check.</summary>
/// <param name="Name">The name of the check.</param>
/// <param name="Status">`healthy`, `degraded` (still ready) or `unhealthy`.</param>
/// <param name="Detail">The error code and where it occurred. The log has more detail.</param>
internal sealed record HealthCheckResponse(string Name, string Status, string? Detail);
