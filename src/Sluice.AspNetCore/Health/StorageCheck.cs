using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.AspNetCore.Health;

/// <summary>
/// Whether the identity in use can reach every configured container. Sends a HEAD for a blob that need not exist, the same request that
/// conditional uploads begin with. It needs no more rights than normal operation, whereas reading the properties of the container or the
/// account would, and it distinguishes a missing container from a missing blob.
/// </summary>
internal sealed class StorageCheck(BlobReader reader, IOptions<BlobOptions> blob, IOptions<HealthOptions> health, TimeProvider time)
    : IHealthCheck
{
    public const string Name = "storage";

    private const string Blob = "sluice-health";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(5 * health.Value.Timeout, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var places = blob.Value.AllPlaces.ToList();
        var answers = await Task.WhenAll(places.Select(place => AskAsync(place.Name, ends.Token)));
        var failed = answers.Index().Where(static answer => answer.Item is not null).ToList();
        if (failed.Count == 0)
        {
            return HealthCheckResult.Healthy();
        }

        // The detail is public, so it refers to containers by their place in the settings. The description is for the log.
        var (first, failure) = failed[0];
        var code = FailureTable.Of(failure!.Kind).Code + (failure.StorageErrorCode is { } said ? $" {said}" : "");
        var more = failed.Count > 1 ? $", and {failed.Count - 1} more" : "";
        return HealthCheckResult.Unhealthy(
            $"{places[first].Name}: {code}{more}. {failure.Detail}",
            data: HealthDetail.Of($"{places[first].Setting}: {code}{more}"));
    }

    private async Task<Failure?> AskAsync(string container, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(new BlobTarget(container, Blob), Phase.Admit, cancellationToken);
        return found.Failure is { Kind: FailureKind.ClientGone }
            ? new Failure(FailureKind.StorageStalled, Phase.Admit, "Storage, or the token request for it, did not answer in time.")
            : found.Failure;
    }
}
