namespace Sluice.Peek;

/// <summary>Under which media type a body is stored.</summary>
internal static class MediaTypeChoice
{
    private const string Unknown = "application/octet-stream";

    /// <summary>
    /// The declared type, for the sender knows best; the sniffed one where nothing, or only <c>application/octet-stream</c>, was declared.
    /// What a browser runs is never guessed: HTML and XML of which nobody said so are plain text.
    /// </summary>
    public static string Stored(string? declared, string? sniffed) =>
        string.IsNullOrWhiteSpace(declared) || IsUnspecific(declared) ? Guessed(sniffed) : declared;

    // Text that is recognized is markup, or may be some day: all of it is plain.
    private static string Guessed(string? sniffed) => sniffed is null ? Unknown
        : sniffed.StartsWith("text/", StringComparison.Ordinal) || sniffed.EndsWith("xml", StringComparison.Ordinal) ? TextSniffer.MediaType
        : sniffed;

    private static bool IsUnspecific(string declared) => declared.Split(';', 2)[0].Trim().Equals(Unknown, StringComparison.OrdinalIgnoreCase);
}
