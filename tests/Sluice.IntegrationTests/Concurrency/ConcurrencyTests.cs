namespace Sluice.IntegrationTests.Concurrency;

/// <summary>Tests that take the whole machine: one at a time.</summary>
[CollectionDefinition(Name)]
public static class ConcurrencyTests
{
    public const string Name = "Concurrency";
}
