namespace Sluice.IntegrationTests.Hosting;

/// <summary>What a test says where the two hosts can't be the same.</summary>
internal static class Hosts
{
    /// <summary>Skips the test behind the Functions host, where this is so.</summary>
    public static void DifferIn(HostDifference difference) =>
        Assert.SkipWhen(TestedHost.IsFunctions, $"The hosts differ here: {difference} (docs/platform-limits.md).");
}
