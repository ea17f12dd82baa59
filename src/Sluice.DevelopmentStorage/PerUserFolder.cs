namespace Sluice.DevelopmentStorage;

/// <summary>Folders that outlive a run, one set per user.</summary>
internal static class PerUserFolder
{
    /// <summary>
    /// Creates and returns <c>sluice/<paramref name="name"/></c> below the user's local application data, or below the temporary folder if
    /// the former does not exist or is not writable, as in some containers.
    /// </summary>
    public static string Get(string name)
    {
        // DoNotVerify: a new account has no ~/.local/share yet, and would get an empty string.
        var root = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (root.Length > 0)
        {
            try
            {
                var folder = Directory.CreateDirectory(Path.Combine(root, "sluice", name)).FullName;
                using (File.Create(Path.Combine(folder, $".{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose))
                    return folder;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Read-only, or not ours.
            }
        }
        return Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "sluice", name)).FullName;
    }
}
