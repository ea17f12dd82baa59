namespace Sluice.IntegrationTests.Memory;

/// <summary>
/// Alone, after all others. Of the 4.8 MiB that there are, the first gigabyte in appends takes 4.2 on a quiet machine, and 4.9 was seen on one with
/// twelve times the work that it has cores for.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class QuietTests
{
    public const string Name = "Quiet";
}
