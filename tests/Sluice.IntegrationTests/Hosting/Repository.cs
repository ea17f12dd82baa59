namespace Sluice.IntegrationTests.Hosting;

/// <summary>The files of the repository that these tests are part of.</summary>
internal static class Repository
{
    private static readonly string _root = Root();

    /// <summary>Where a file or folder is that is named from the root with slashes.</summary>
    public static string PathOf(string path) => Path.Combine(_root, path);

    /// <summary>A text file, named from the root with slashes.</summary>
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Writes one; its folder must be there.</summary>
    public static void Write(string path, string text) => File.WriteAllText(PathOf(path), text);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FunctionsApp.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the repository.");
        return folder.FullName;
    }
}
