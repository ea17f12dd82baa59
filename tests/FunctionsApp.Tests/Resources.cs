using System.Text;

namespace FunctionsApp.Tests;

/// <summary>The files under test, as they were when the test was built.</summary>
internal static class Resources
{
    private const string Folder = "FunctionsApp/";

    /// <summary>The C# files of src/FunctionsApp, by name.</summary>
    public static IReadOnlyDictionary<string, string> Sources { get; } = typeof(Resources).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToDictionary(name => name[Folder.Length..], Read);

    public static string Read(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not among the resources.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
