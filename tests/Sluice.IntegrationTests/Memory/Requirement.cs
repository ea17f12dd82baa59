using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Memory;

/// <summary>REQ-CORE-001, section 5: streaming 100 MB moves the peak resident memory of the worker by less than 5 MB.</summary>
/// <remarks>
/// Megabytes of a million bytes: the narrower reading of the limit. The length of the body does not matter to a flat memory.
/// </remarks>
internal static class Requirement
{
    public const long Megabyte = 1_000_000;

    public const long BodyBytes = 100 * Megabyte;

    public const long LimitBytes = 5 * Megabyte;

    /// <summary>Whether <c>SLUICE_FULL=1</c> asks for all bodies in the lengths of docs/performance.md, which takes minutes more.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("SLUICE_FULL") == "1";

    /// <summary>
    /// The bodies of a gigabyte: shorter ones behind the Functions host, where they are sent a second time, unless all is asked for.
    /// </summary>
    public static long LargeBodyBytes { get; } = TestedHost.IsFunctions && !IsFull ? 2 * BodyBytes : 10 * BodyBytes;

    /// <summary>
    /// Behind the Functions host one of several rows stands for all, unless all is asked for: Sluice.Server has them all each time.
    /// </summary>
    public static void LeaveOutOnFunctions(bool row) =>
        Assert.SkipWhen(TestedHost.IsFunctions && !IsFull && row, "With SLUICE_FULL=1 only.");

    public static void Holds(MemoryReading reading) => Assert.True(reading.DeltaBytes < LimitBytes, $"The limit is 5 MB: {reading}");
}
