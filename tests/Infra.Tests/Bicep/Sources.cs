using System.Text;

namespace Infra.Tests;

/// <summary>The files under test, as they were when the test was built.</summary>
internal static class Sources
{
    /// <summary>All names, with slashes: <c>infra/main.bicep</c>.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = typeof(Sources).Assembly.GetManifestResourceNames()
        .ToDictionary(static name => name.Replace('\\', '/'), Read);

    public static IReadOnlyList<string> Infra { get; } =
    [
        .. All.Keys.Where(static name => name.StartsWith("infra/", StringComparison.Ordinal))
    ];

    /// <summary>The names of the parameter files in infra/environments, and of those of the tests.</summary>
    public static IReadOnlyList<string> Environments { get; } =
    [
        .. from name in Infra
           where name.StartsWith("infra/environments/", StringComparison.Ordinal) && name.EndsWith(".bicepparam", StringComparison.Ordinal)
           orderby name
           select Path.GetFileNameWithoutExtension(name),
    ];

    /// <summary>Puts infra/ into a folder.</summary>
    public static void CopyTo(string folder)
    {
        foreach (var name in Infra)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, All[name]);
        }
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Sources).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
