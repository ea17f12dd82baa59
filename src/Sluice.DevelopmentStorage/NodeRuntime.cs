using System.Globalization;

namespace Sluice.DevelopmentStorage;

/// <summary>The Node.js on this machine.</summary>
internal static class NodeRuntime
{
    /// <summary>Azurite 3.37 asks for 22, and runs on 20, which many machines and CI images still have.</summary>
    public const int MinimumMajor = 20;

    /// <summary>Asks for the version (40 ms): npm and Azurite fail on an old one in ways that do not say so.</summary>
    /// <param name="node">The program.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DevelopmentStorageException">It is missing or too old.</exception>
    public static async Task RequireAsync(string node, CancellationToken cancellationToken)
    {
        var run = await CommandRun.ToEndAsync(node, ["--version"], AppContext.BaseDirectory, cancellationToken);
        var version = run.LastLines.FirstOrDefault(static line => line.StartsWith('v')) ?? "(unknown version)";
        if (Major(version) < MinimumMajor)
            throw DevelopmentStorageException.TooOld(version.TrimStart('v'));
    }

    private static int Major(string version) =>
        int.TryParse(version[1..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;
}
