using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sluice.Tests;

/// <summary>
/// The processor time of this thread, so that what other programs do meanwhile does not count. On systems other than Linux and macOS the
/// time on the wall: .NET has neither the one nor a name for it there.
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
