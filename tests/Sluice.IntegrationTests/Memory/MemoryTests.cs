namespace Sluice.IntegrationTests.Memory;

/// <summary>Run by themselves: what they measure is theirs alone, but what they print is read as figures of a quiet machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryTests : ICollectionFixture<WarmWorker>
{
    public const string Name = "Memory";
}
