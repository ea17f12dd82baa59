namespace Sluice.IntegrationTests.Reliability;

/// <summary>The files and sockets that a process has open. 0 where the system does not tell.</summary>
internal static class OpenHandles
{
    /// <summary>
    /// How many more there may be after a campaign than before it: connections of clients and to storage are kept for a while. A leak with
    /// each request that fails is more.
    /// </summary>
    private const int Spare = 60;

    public static int Of(int pid) => OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length : 0;

    /// <summary>Whether what was opened meanwhile is closed again.</summary>
    public static bool AreBack(int before, int after) => after <= before + Spare;
}
