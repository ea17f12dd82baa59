namespace Sluice.Peek;

/// <summary>Chooses the media type under which a body is stored.</summary>
internal static class MediaTypeChoice
{
    private const string Unknown = "application/octet-stream";

    /// <summary>
    /// The declared type, because the sender knows best; the sniffed one if nothing, or only <c>application/octet-stream</c>, was declared.
    /// Types that a browser runs are never guessed: HTML and XML that were not declared as such are stored as plain text.
    /// </summary>
    public static string Stored(string? declared, string? sniffed) =>
        string.IsNullOrWhiteSpace(declared) || IsUnspecific(declared) ? Guessed(sniffed) : declared;

    // Recognized text is markup, or may be some day: all of it is stored as plain text.
    private static string Guessed(string? sniffed) => sniffed is null ? Unknown
        : sniffed.StartsWith("text/", StringComparison.Ordinal) || sniffed.EndsWith("xml", StringComparison.Ordinal) ? TextSniffer.MediaType
        : sniffed;

    private static bool IsUnspecific(string declared) =>
        declared.Split(';', 2)[0].Trim().Equals(Unknown, StringComparison.OrdinalIgnoreCase);
}
