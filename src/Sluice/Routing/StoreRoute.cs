using Sluice.Failures;
using Sluice.Names;
using Sluice.Routing.Evidence;
using Sluice.Routing.Templates;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Routing;

/// <summary>The route to a blob: <see cref="RouteStoreOptions"/>, compiled.</summary>
internal sealed class StoreRoute(string container, NameTemplate name, FeatureRoute features)
{
    /// <summary>Compiles it; null if something is wrong, which is reported.</summary>
    public static StoreRoute? Compile(RouteStoreOptions options, IReadOnlyCollection<string> containers, SettingProblems problems)
    {
        if (string.IsNullOrWhiteSpace(options.Container))
        {
            problems.Missing("Container", "it is required and names the container of the blob");
        }
        else if (!containers.Contains(options.Container))
        {
            problems.Add("Container", options.Container, "not one of Sluice:Blob:Containers or Sluice:Blob:Aliases");
        }

        var features = FeatureRoute.Compile(options.Features, problems.Under(nameof(options.Features)));
        if (NameTemplate.TryParse(options.Name ?? "", BlobName.Problem, out var name, out var problem))
        {
            return new StoreRoute(options.Container ?? "", name, features);
        }

        problems.Add("Name", options.Name, problem);
        return null;
    }

    /// <summary>What storage does with the blob.</summary>
    public BlobFeatures Features(RouteEvidence evidence) => features.Resolve(evidence);

    public Result<BlobTarget> Resolve(RouteEvidence evidence)
    {
        if (!name.Fill(evidence).TryGet(out var blob, out var failure))
        {
            return failure;
        }

        return BlobName.Problem(blob) is { } problem
            ? new Failure(FailureKind.NameInvalid, Phase.Route, problem)
            : new BlobTarget(container, blob);
    }
}
