namespace Sluice.IntegrationTests.Concurrency;

/// <summary>Tests that take the whole machine: not beside those that look at the clock.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class ConcurrencyTests
{
    public const string Name = "Concurrency";
}
