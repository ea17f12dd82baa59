using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Sluice.Failures;

namespace Sluice.AspNetCore.Results;

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
/// <param name="Algorithm">Of a digest that does not agree: how it is computed.</param>
/// <param name="Expected">What was declared, in base64.</param>
/// <param name="Actual">What the body's is, in base64.</param>
/// <param name="ExpectedOffset">Where a resumable upload goes on.</param>
/// <param name="ProvidedOffset">Where the request wanted to go on.</param>
/// <param name="TraceId">Finds the request in logs and traces.</param>
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
