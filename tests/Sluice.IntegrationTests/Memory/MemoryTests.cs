namespace Sluice.IntegrationTests.Memory;

/// <summary>
/// What they measure is the memory of a process of their own, whatever runs beside it. What they print is read as figures of a quiet
/// machine: for those they are run alone, with <c>-namespace Sluice.IntegrationTests.Memory -maxThreads 1</c>.
/// </summary>
[CollectionDefinition(Name)]
public sealed class MemoryTests : ICollectionFixture<WarmWorker>
{
    public const string Name = "Memory";
}
