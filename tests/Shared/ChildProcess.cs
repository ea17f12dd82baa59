using System.Runtime.InteropServices;

namespace Sluice.Testing;

/// <summary>What .NET itself does not have for processes that tests start.</summary>
internal static class ChildProcess
{
    private const int SigTerm = 15;

    /// <summary>
    /// The dotnet program of the runtime that runs these tests, which need not be on the PATH; its folder is
    /// <c>shared/Microsoft.NETCore.App/10.0.x</c> below it.
    /// </summary>
    public static string Dotnet { get; } = FindDotnet();

    /// <summary>
    /// Asks a process to end, as an orchestrator does (SIGTERM), and does not wait. Not on Windows, which has no such signal.
    /// </summary>
    public static void Terminate(int processId) => _ = SendSignal(processId, SigTerm);

    /// <summary>
    /// Deletes the sockets and pipes by which a process of .NET can be debugged
    /// (https://learn.microsoft.com/dotnet/core/diagnostics/diagnostic-port): one that is killed leaves them in the temporary directory.
    /// </summary>
    public static void DeleteDiagnosticFiles(int processId)
    {
        foreach (var pattern in (string[])[$"dotnet-diagnostic-{processId}-*", $"clr-debug-pipe-{processId}-*"])
        {
            foreach (var file in Directory.EnumerateFileSystemEntries(Path.GetTempPath(), pattern))
                File.Delete(file);
        }
    }

    private static string FindDotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var path = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", name));
        return File.Exists(path) ? path : name;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);
}
