using System.Diagnostics;
using System.Globalization;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>
/// The resident memory of another process, managed or not: what a container's limit counts. The garbage collector's own
/// numbers leave out the runtime, stacks, sockets and whatever is not collected.
/// </summary>
internal static class ProcessMemory
{
    /// <summary>How often it may be read without disturbing what is measured: ps is a process of its own.</summary>
    public static TimeSpan SampleEvery { get; } = TimeSpan.FromMilliseconds(OperatingSystem.IsMacOS() ? 100 : 10);

    /// <summary>The resident memory now.</summary>
    public static long ResidentBytes(int pid)
    {
        if (OperatingSystem.IsLinux())
            return Status(pid, "VmRSS:") ?? throw new InvalidOperationException($"Process {pid} has no memory: it has ended.");
        using var process = Process.GetProcessById(pid);
        return OperatingSystem.IsMacOS() ? FromPs(pid) : process.WorkingSet64;
    }

    /// <summary>The most since the last reset, or since the start; null where the system does not keep it.</summary>
    public static long? PeakBytes(int pid)
    {
        if (OperatingSystem.IsLinux())
            return Status(pid, "VmHWM:");
        if (OperatingSystem.IsMacOS())
            return null;
        using var process = Process.GetProcessById(pid);
        return process.PeakWorkingSet64;
    }

    /// <summary>Sets the peak to what is resident now. Only Linux can.</summary>
    /// <remarks>https://docs.kernel.org/filesystems/proc.html, clear_refs: "5 resets the peak resident set size".</remarks>
    public static bool TryResetPeak(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            File.WriteAllText($"/proc/{pid}/clear_refs", "5");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // some sandboxes
        }
    }

    private static long? Status(int pid, string field)
    {
        var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
        return line is null ? null : Kibibytes(line[field.Length..].Replace("kB", "", StringComparison.Ordinal));
    }

    private static long FromPs(int pid)
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-o", "rss=", "-p", $"{pid}"]) { RedirectStandardOutput = true })!;
        var rss = ps.StandardOutput.ReadToEnd();
        ps.WaitForExit();
        return Kibibytes(rss);
    }

    private static long Kibibytes(string text) => long.Parse(text.Trim(), CultureInfo.InvariantCulture) * 1024;
}
