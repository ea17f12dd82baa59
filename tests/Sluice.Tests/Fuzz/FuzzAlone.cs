namespace Sluice.Tests.Fuzz;

/// <summary>Alone: time is measured, and other tests' work would be taken for a parser's.</summary>
[CollectionDefinition(nameof(FuzzTests), DisableParallelization = true)]
public sealed class FuzzAlone;
