using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Sluice.Failures;

namespace Sluice.AspNetCore.Results;

/// <summary>A problem (RFC 9457).</summary>
/// <param name="Type">The problem type, a stable URI.</param>
/// <param name="Title">A summary, the same for every occurrence of the type.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">An explanation of this occurrence.</param>
/// <param name="Phase">The phase in which the failure occurred.</param>
/// <param name="Party">The party that caused the failure: `client`, `storage`, `downstream` or `sluice`.</param>
/// <param name="Retry">Whether the same request can succeed later.</param>
/// <param name="LimitBytes">The limit that was exceeded, in bytes.</param>
/// <param name="StorageErrorCode">The error code of Azure Blob Storage.</param>
/// <param name="DownstreamStatus">The status that the downstream service returned.</param>
/// <param name="Checks">The results of the checks, if this instance is not ready.</param>
/// <param name="Algorithm">The algorithm of the digest that does not match.</param>
/// <param name="Expected">The declared digest, in base64.</param>
/// <param name="Actual">The digest of the received body, in base64.</param>
/// <param name="ExpectedOffset">The offset of the resumable upload.</param>
/// <param name="ProvidedOffset">The offset that the request sent.</param>
/// <param name="TraceId">Identifies the request in logs and traces.</param>
internal sealed record ProblemResponse(
    string Type, string Title, int Status, string Detail, string Phase, string Party, bool Retry, long? LimitBytes,
    string? StorageErrorCode, int? DownstreamStatus, IReadOnlyList<HealthCheckResponse>? Checks, string? Algorithm, string? Expected,
    string? Actual, [property: JsonPropertyName("expected-offset")] long? ExpectedOffset,
    [property: JsonPropertyName("provided-offset")] long? ProvidedOffset, string TraceId)
{
    public static ProblemResponse Of(Failure failure, HttpContext context, IReadOnlyList<HealthCheckResponse>? checks = null)
    {
        var problem = FailureTable.Of(failure.Kind);
        return new ProblemResponse(
            problem.Type,
            problem.Title,
            failure.Status ?? problem.Status,
            failure.Detail,
            failure.Phase.ToString().ToLowerInvariant(),
            failure.Party.ToString().ToLowerInvariant(),
            problem.Retry,
            failure.LimitBytes,
            failure.StorageErrorCode,
            failure.DownstreamStatus,
            checks,
            failure.Digests?.Algorithm,
            failure.Digests?.Expected,
            failure.Digests?.Actual,
            failure.Offsets?.Expected,
            failure.Offsets?.Provided,
            System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
    }
}
