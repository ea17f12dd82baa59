namespace Sluice.DevelopmentStorage;

/// <summary>Folders for one run.</summary>
internal static class TemporaryFolder
{
    /// <summary>Creates a unique folder.</summary>
    public static string Create() => Directory.CreateTempSubdirectory("sluice-").FullName;

    /// <summary>Deletes a folder if possible. One that remains is litter, not a failure: a killed npm may still write to it.</summary>
    public static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next installation deletes the leftovers of this one.
        }
    }
}
