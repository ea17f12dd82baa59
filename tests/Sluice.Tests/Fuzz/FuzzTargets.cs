using Sluice.Tests.Fuzz.Targets;

namespace Sluice.Tests.Fuzz;

/// <summary>Every parser that takes text or bytes of a stranger, of storage, or of the settings.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        StructuredFields.Dictionary,
        StructuredFields.Item,
    ];
}
