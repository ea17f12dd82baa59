using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Routing.Evidence;
using Sluice.Routing.Templates;
using Sluice.Settings;

namespace Sluice.Routing;

/// <summary>The route to a downstream service: <see cref="RouteRelayOptions"/>, compiled.</summary>
internal sealed class RelayRoute(string target, NameTemplate path)
{
    private const int MaxLater = 8;

    /// <summary>Compiles it; null if something is wrong, which is reported.</summary>
    public static RelayRoute? Compile(RouteRelayOptions options, IReadOnlyCollection<string> targets, SettingProblems problems)
    {
        if (string.IsNullOrWhiteSpace(options.Target))
        {
            problems.Missing("Target", "it is required and names the target of the body");
        }
        else if (!targets.Contains(options.Target))
        {
            problems.Add("Target", options.Target, "not one of Sluice:Relay:Targets");
        }

        if (NameTemplate.TryParse(options.Path ?? "", Problem, out var path, out var problem))
        {
            return new RelayRoute(options.Target ?? "", path);
        }

        problems.Add("Path", options.Path, problem);
        return null;
    }

    /// <summary>Compiles the services that get a stored body later.</summary>
    /// <param name="options">The services.</param>
    /// <param name="isStored">Whether there is a blob that they can get it from.</param>
    /// <param name="targets">The names of all targets.</param>
    /// <param name="problems">Reports what is wrong.</param>
    public static IReadOnlyList<RelayRoute> CompileLater(
        IList<RouteRelayOptions> options, bool isStored, IReadOnlyCollection<string> targets, SettingProblems problems)
    {
        if (options.Count > 0 && !isStored)
        {
            problems.Under("PassOn").Whole("passes on a body that is not stored: add Store, or use Relay instead");
        }

        if (options.Count > MaxLater)
        {
            problems.Under("PassOn").Whole($"has {options.Count} services; the most are {MaxLater}");
        }

        return [.. options.Select((one, index) => Compile(one, targets, problems.Under($"PassOn:{index}"))).OfType<RelayRoute>()];
    }

    public Result<RelayPath> Resolve(RouteEvidence evidence)
    {
        if (!path.Fill(evidence).TryGet(out var filled, out var failure))
        {
            return failure;
        }

        return RelayPath.Problem(filled) is { } problem
            ? new Failure(FailureKind.PathInvalid, Phase.Route, problem)
            : new RelayPath(target, filled);
    }

    // A path is encoded when it is sent, so these would arrive as %3F and %23. In a path that a client sent, that is what was meant.
    private static string? Problem(string sample) => sample.AsSpan().ContainsAny('?', '#')
        ? "A relayed path can't contain a query or a fragment."
        : RelayPath.Problem(sample);
}
