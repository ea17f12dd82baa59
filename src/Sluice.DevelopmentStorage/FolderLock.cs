namespace Sluice.DevelopmentStorage;

/// <summary>
/// A lock between processes: an exclusively opened file, which the operating system closes however its holder ends.
/// </summary>
/// <remarks>The file stays. Deleting it would let one process lock the old file and another its successor.</remarks>
internal static class FolderLock
{
    private static readonly TimeSpan _retryEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits for the lock. Dispose of the result to release it.</summary>
    public static async Task<IDisposable> TakeAsync(string path, Action whenWaiting, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (attempt == 0)
                    whenWaiting();
                await Task.Delay(_retryEvery, time, cancellationToken);
            }
        }
    }
}
