namespace Sluice.DevelopmentStorage;

/// <summary>A folder that is filled once, however many processes need it at the same time.</summary>
internal static class InstalledFolder
{
    private const int RenameAttempts = 20;

    private static readonly TimeSpan _renameEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns the folder; fills it if it is not there.</summary>
    /// <remarks>
    /// It is filled under another name, beside it, and renamed once complete. So a folder of the final name is always complete, even if an
    /// installation was interrupted.
    /// </remarks>
    /// <param name="installed">Its full path. What it contains must never change: put versions or a hash into the name.</param>
    /// <param name="fill">Fills the empty folder whose path it gets.</param>
    /// <param name="whenWaiting">Called once if another process is filling it.</param>
    /// <param name="time">Where time comes from; null for the system's.</param>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    public static async Task<string> EnsureAsync(
        string installed, Func<string, Task> fill, Action? whenWaiting = null, TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        if (Directory.Exists(installed))
            return installed;

        time ??= TimeProvider.System;
        Directory.CreateDirectory(Path.GetDirectoryName(installed)!);
        using (await FolderLock.TakeAsync(installed + ".lock", whenWaiting ?? (static () => { }), time, cancellationToken))
        {
            if (!Directory.Exists(installed))
                await FillAsync(installed, fill, time, cancellationToken);
        }
        return installed;
    }

    private static async Task FillAsync(string installed, Func<string, Task> fill, TimeProvider time, CancellationToken cancellationToken)
    {
        DeleteLeftovers(installed);
        var incomplete = $"{installed}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(incomplete);
            await fill(incomplete);
            await RenameAsync(incomplete, installed, time, cancellationToken);
        }
        catch
        {
            TemporaryFolder.Delete(incomplete);
            throw;
        }
    }

    // Left by interrupted installations. Safe under the lock: no other process has an active installation.
    private static void DeleteLeftovers(string installed)
    {
        foreach (var leftover in Directory.GetDirectories(Path.GetDirectoryName(installed)!, Path.GetFileName(installed) + ".*"))
            TemporaryFolder.Delete(leftover);
    }

    // Virus scanners on Windows hold new files, and therefore their folder, open for a moment.
    private static async Task RenameAsync(string from, string to, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attemptsLeft = RenameAttempts; ; attemptsLeft--)
        {
            try
            {
                Directory.Move(from, to);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && attemptsLeft > 0)
            {
                await Task.Delay(_renameEvery, time, cancellationToken);
            }
        }
    }
}
