namespace Sluice.AspNetCore.Results;

/// <summary>One thing that was checked.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Status">`healthy`, `degraded` (which is good enough) or `unhealthy`.</param>
/// <param name="Detail">An error code and where it occurred. The log says more.</param>
internal sealed record HealthCheckResponse(string Name, string Status, string? Detail);
