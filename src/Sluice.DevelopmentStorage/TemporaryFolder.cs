namespace Sluice.Server.DevelopmentStorage;

/// <summary>Folders for one run.</summary>
internal static class TemporaryFolder
{
    /// <summary>Creates a folder that nobody else has.</summary>
    public static string Create() => Directory.CreateTempSubdirectory("sluice-").FullName;

    /// <summary>Deletes a folder if it can. One that is left is litter, not a failure: a killed npm may still write to it.</summary>
    public static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next installation deletes what is left of this one.
        }
    }
}
