using System.Diagnostics;

namespace Sluice.Storage;

/// <summary>
/// Whose code an exception comes from: the first frame of the SDK, or of Sluice, that it passed on its way up. An exception of the runtime
/// thrown inside the SDK (an XmlException, a FormatException) means that an answer could not be read. Thrown inside our streams and
/// policies, which the SDK calls, it is a bug of ours.
/// </summary>
internal static class ThrownBy
{
    /// <summary>True for the storage client and its libraries.</summary>
    public static bool TheStorageClient(Exception exception) => First(exception)?.StartsWith("Azure.", StringComparison.Ordinal) == true;

    /// <summary>True for a credential.</summary>
    public static bool ACredential(Exception exception) => First(exception) is "Azure.Identity" or "Microsoft.Identity.Client";

    private static string? First(Exception exception) => new StackTrace(exception).GetFrames()
        .Select(static frame => frame.GetMethod()?.DeclaringType?.Assembly.GetName().Name)
        .FirstOrDefault(static name => name is "Sluice" or "Sluice.AspNetCore" or "Microsoft.Identity.Client"
            || name?.StartsWith("Azure.", StringComparison.Ordinal) == true);
}
