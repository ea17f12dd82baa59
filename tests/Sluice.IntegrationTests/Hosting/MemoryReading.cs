using System.Globalization;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>The resident memory of a process over some time.</summary>
/// <param name="BaseBytes">At rest, before.</param>
/// <param name="PeakBytes">The most there was at any time since.</param>
internal sealed record MemoryReading(long BaseBytes, long PeakBytes)
{
    /// <summary>What the work in between cost.</summary>
    public long DeltaBytes => Math.Max(0, PeakBytes - BaseBytes);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"base {Mib(BaseBytes):F1} MiB, peak {Mib(PeakBytes):F1} MiB, delta {Mib(DeltaBytes):F1} MiB");

    private static double Mib(long bytes) => bytes / (1024.0 * 1024.0);
}
