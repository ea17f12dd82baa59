namespace Sluice.AspNetCore.Answers;

/// <summary>The members of a problem (RFC 9457): the standard ones, then ours.</summary>
/// <param name="Type">Which problem; a stable URI.</param>
/// <param name="Title">The same for every occurrence of the type.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What to do about this occurrence.</param>
/// <param name="Phase">When it happened.</param>
/// <param name="Party">Whose doing it is.</param>
/// <param name="Retry">Whether sending the same request again can help.</param>
/// <param name="LimitBytes">The limit that was exceeded.</param>
/// <param name="StorageErrorCode">Storage's own code.</param>
/// <param name="DownstreamStatus">What the downstream service answered.</param>
/// <param name="Checks">What was checked, where this instance is not ready.</param>
/// <param name="TraceId">Finds the request in logs and traces.</param>
internal sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string Phase, string Party, bool Retry, long? LimitBytes, string? StorageErrorCode, int? DownstreamStatus,
    IReadOnlyList<HealthCheckBody>? Checks, string TraceId);
