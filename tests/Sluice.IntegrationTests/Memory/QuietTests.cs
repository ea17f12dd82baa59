namespace Sluice.IntegrationTests.Memory;

/// <summary>
/// Alone, after all others, as they come close to their limits. Of the 4.8 MiB that there are, the first gigabyte in appends takes 4.2 on a
/// quiet machine, and 4.9 were seen on one with twelve times the work that it has cores for;
/// of 96 MiB, 32 uploads at once take 77 to 87, and 90 were seen.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class QuietTests
{
    public const string Name = "Quiet";
}
