using System.Runtime.InteropServices;

namespace Sluice.AspNetCore;

/// <summary>The memory that the C library hands out to the runtime and to OpenSSL, beside the collected heap.</summary>
public static class NativeHeaps
{
    // malloc.h: M_ARENA_MAX.
    private const int ArenaMax = -8;

    /// <summary>
    /// Lets all threads share one heap of the C library. Without this, each thread that the pool adds gets one of its own (an "arena" of glibc), and a process that comes under load
    /// for the first time grows by 0.2 to 0.5 MiB a thread: as much as an upload of 100 MB (docs/performance.md). Call it first in the process; arenas that exist stay.
    /// Does nothing where the C library is not glibc, or where the environment says how many (<c>MALLOC_ARENA_MAX</c>).
    /// </summary>
    public static void Share()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") is { Length: > 0 })
        {
            return;
        }

        try
        {
            _ = SetOption(ArenaMax, 1);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // musl has no arenas, and no such option.
        }
    }

    // https://man7.org/linux/man-pages/man3/mallopt.3.html
    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
