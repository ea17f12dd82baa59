namespace Sluice.Peek;

/// <summary>Under which media type a body is stored.</summary>
internal static class MediaTypeChoice
{
    private const string Unknown = "application/octet-stream";

    /// <summary>
    /// The declared type, for the sender knows best; the sniffed one where nothing, or only <c>application/octet-stream</c>, was declared.
    /// </summary>
    public static string Stored(string? declared, string? sniffed) =>
        string.IsNullOrWhiteSpace(declared) || SaysNothing(declared) ? sniffed ?? Unknown : declared;

    private static bool SaysNothing(string declared) => declared.Split(';', 2)[0].Trim().Equals(Unknown, StringComparison.OrdinalIgnoreCase);
}
