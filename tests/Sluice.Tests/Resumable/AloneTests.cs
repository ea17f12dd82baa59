namespace Sluice.Tests.Resumable;

/// <summary>Tests that no other runs beside.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class AloneTests
{
    public const string Name = "Alone";
}
