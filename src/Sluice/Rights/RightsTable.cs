using Sluice.Callers;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Rights;

/// <summary>The rights of <c>Sluice:Rights</c>, in order. The first that fits decides; if none does, nothing is allowed.</summary>
internal sealed class RightsTable
{
    private readonly IReadOnlyList<Right> _rights;

    private RightsTable(IReadOnlyList<Right> rights, bool isOn) => (_rights, IsOn) = (rights, isOn);

    /// <summary>Whether there are rights. Otherwise everything is allowed.</summary>
    public bool IsOn { get; }

    /// <summary>Compiles rights. Every problem becomes a sentence that names the setting; then nothing is allowed.</summary>
    /// <param name="rights">The rights as configured.</param>
    /// <param name="blob">The containers.</param>
    /// <param name="targets">The names of the downstream services (<c>Sluice:Relay:Targets</c>).</param>
    /// <param name="problems">Collects the sentences.</param>
    public static RightsTable Compile(
        IReadOnlyList<RightOptions> rights, BlobOptions blob, IReadOnlyCollection<string> targets, ICollection<string> problems)
    {
        var before = problems.Count;
        var compiler = new RightsCompiler(blob, targets);
        var compiled = rights.Select((right, index) => compiler.Compile(right ?? new(), $"{RightOptions.Section}:{index}", problems))
            .ToList();
        return new RightsTable(problems.Count == before ? [.. compiled.OfType<Right>()] : [], isOn: rights.Count > 0);
    }

    /// <summary>Returns the right by which a caller may do something, or the failure that says that it has none.</summary>
    public Result<Grant> Find(Caller caller, RightOperation operation, Place place) =>
        !IsOn ? Grant.All
        : _rights.FirstOrDefault(right => right.Allows(caller, operation, place)) is { } found ? new Grant(caller, [found])
        : new Failure(FailureKind.RightMissing, Phase.Admit, Missing(operation, place));

    // Only what the client knows: a rule may have chosen the place.
    private static string Missing(RightOperation operation, Place place)
    {
        var name = operation.ToString().ToLowerInvariant();
        return place.Target is not null
            ? $"The caller does not have the right '{name}' for this target."
            : $"The caller does not have the right '{name}' here.";
    }
}
