using System.Diagnostics;

namespace Sluice.Storage;

/// <summary>
/// Whose code an exception comes from: the first of the SDK's, or of ours, that it passed on its way up. What the runtime throws out of the SDK (an
/// XmlException, a FormatException) means that an answer could not be read; out of our streams and policies, which the SDK calls, it is a bug of ours.
/// </summary>
internal static class ThrownBy
{
    /// <summary>True for the storage client, and what it uses.</summary>
    public static bool TheStorageClient(Exception exception) => First(exception)?.StartsWith("Azure.", StringComparison.Ordinal) == true;

    /// <summary>True for a credential.</summary>
    public static bool ACredential(Exception exception) => First(exception) is "Azure.Identity" or "Microsoft.Identity.Client";

    private static string? First(Exception exception) => new StackTrace(exception).GetFrames()
        .Select(static frame => frame.GetMethod()?.DeclaringType?.Assembly.GetName().Name)
        .FirstOrDefault(static name => name is "Sluice" or "Sluice.AspNetCore" or "Microsoft.Identity.Client" || name?.StartsWith("Azure.", StringComparison.Ordinal) == true);
}
