namespace Sluice.DevelopmentStorage;

/// <summary>
/// Azurite could not be started. The message is one line for a developer's console: what is wrong, then what to do.
/// </summary>
internal sealed class DevelopmentStorageException(string message, Exception? inner = null) : Exception(message, inner)
{
    private const string Alternatives =
        "start Azurite yourself, or set Sluice__Blob__ConnectionString or Sluice__Blob__Endpoint to a storage account";

    /// <summary>True when another process uses the port: perhaps an Azurite that was started a moment earlier.</summary>
    public bool PortIsInUse { get; private init; }

    /// <summary>A program that does not exist.</summary>
    public static DevelopmentStorageException Missing(string program, Exception inner) =>
        new($"'{program}' was not found; local development storage (Azurite) needs it. {InstallNode}", inner);

    /// <summary>A Node.js that cannot run Azurite.</summary>
    public static DevelopmentStorageException TooOld(string version) =>
        new($"Node.js {version} is too old for local development storage (Azurite). {InstallNode}");

    /// <summary>An installation that failed; <paramref name="reason"/> is npm's own message.</summary>
    public static DevelopmentStorageException NotInstalled(string reason) =>
        new($"Azurite could not be installed: {Line(reason)}. Check that npm reaches its registry, {Alternatives}.");

    /// <summary>A port that another process listens on.</summary>
    public static DevelopmentStorageException InUse(int port) =>
        new($"Azurite cannot listen on port {port}: another process does. End that process, {Alternatives}.") { PortIsInUse = true };

    /// <summary>Any other error between the start and the first response.</summary>
    public static DevelopmentStorageException NotStarted(string reason, IEnumerable<string> lastLines, Exception? inner = null) =>
        new($"Azurite {reason}. Its last output: {Line(string.Join(" | ", lastLines))}", inner);

    private static string InstallNode => $"Install Node.js {NodeRuntime.MinimumMajor} or newer, {Alternatives}.";

    private static string Line(string text) =>
        string.IsNullOrWhiteSpace(text) ? "(none)" : text.ReplaceLineEndings(" ").Trim().TrimEnd('.');
}
