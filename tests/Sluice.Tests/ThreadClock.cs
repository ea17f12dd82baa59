using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sluice.Tests;

/// <summary>
/// The processor time that this thread has used, so that the load of the machine does not count. .NET itself has no such clock; where the
/// system has none that can be asked by name, it is wall-clock time.
/// </summary>
internal static partial class ThreadClock
{
    // https://man7.org/linux/man-pages/man3/clock_gettime.3.html, and time.h of macOS.
    private static readonly int _id = OperatingSystem.IsLinux() ? 3 : OperatingSystem.IsMacOS() ? 16 : -1;

    public static TimeSpan Now => _id >= 0 && GetTime(_id, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1e3)
        : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out Time time);

    private readonly record struct Time(nint Seconds, nint Nanoseconds);
}
