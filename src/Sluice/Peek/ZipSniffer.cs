namespace Sluice.Peek;

/// <summary>
/// Determines the format of a ZIP archive from the names of the entries that begin in the window. An archive's directory is at its end,
/// which a stream has not reached yet; the local file headers repeat it entry by entry.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>EPUB (OCF 3.3, section 4.3) and OpenDocument (1.3 part 2, section 3.3) name their type in a first entry <c>mimetype</c>.</item>
/// <item>JAR: the manifest is the first entry, or the second after its directory; otherwise <c>java.util.jar.JarInputStream</c> would not
/// find it.</item>
/// <item>Office Open XML (ECMA-376 part 2): every top-level name belongs to a package, and one of them belongs to the application. Names do
/// not distinguish a document from a template or a document with macros; their types are within compressed data.</item>
/// </list>
/// </remarks>
internal static class ZipSniffer
{
    /// <summary>An archive of no known kind: https://mimesniff.spec.whatwg.org/#matching-an-archive-type-pattern (section 6.4).</summary>
    public const string MediaType = "application/zip";

    /// <summary>Sniffs a window; null if it does not start with a local file header.</summary>
    public static string? Sniff(ReadOnlySpan<byte> window)
    {
        if (!window.StartsWith(SniffedZipEntry.Signature)) return null;
        if (!SniffedZipEntry.TryRead(window, out var first)) return MediaType;
        return OfMimetypeEntry(first) ?? OfManifest(first) ?? OfPackage(first) ?? MediaType;
    }

    private static string? OfMimetypeEntry(SniffedZipEntry first)
    {
        if (!first.Name.SequenceEqual("mimetype"u8)) return null;
        if (first.Holds("application/epub+zip"u8)) return "application/epub+zip";
        if (first.Holds("application/vnd.oasis.opendocument.text"u8)) return "application/vnd.oasis.opendocument.text";
        if (first.Holds("application/vnd.oasis.opendocument.spreadsheet"u8)) return "application/vnd.oasis.opendocument.spreadsheet";
        if (first.Holds("application/vnd.oasis.opendocument.presentation"u8)) return "application/vnd.oasis.opendocument.presentation";
        if (first.Holds("application/vnd.oasis.opendocument.graphics"u8)) return "application/vnd.oasis.opendocument.graphics";
        return null;
    }

    private static string? OfManifest(SniffedZipEntry entry)
    {
        if (entry.Name.SequenceEqual("META-INF/"u8) && !SniffedZipEntry.TryRead(entry.Next, out entry)) return null;
        return entry.Name.SequenceEqual("META-INF/MANIFEST.MF"u8) ? "application/java-archive" : null;
    }

    /// <summary>
    /// Walks the entries until one belongs to an application. A folder called <c>word</c> does not make a document: either a part of the
    /// package itself was seen before, or the name is that of an XML part.
    /// </summary>
    private static string? OfPackage(SniffedZipEntry entry)
    {
        if (!IsPackageName(entry.Name)) return null;

        var isPackage = false;
        do
        {
            isPackage |= entry.Name.SequenceEqual("[Content_Types].xml"u8) || entry.Name.StartsWith("_rels/"u8);
            if (OfApplication(entry.Name) is { } mediaType
                && (isPackage || entry.Name.EndsWith(".xml"u8) || entry.Name.EndsWith(".rels"u8))) return mediaType;
        }
        while (SniffedZipEntry.TryRead(entry.Next, out entry));

        return null;
    }

    /// <summary>Whether a package may begin with this entry. Files zipped together seldom do, even if one of them is a package.</summary>
    private static bool IsPackageName(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("[Content_Types].xml"u8)
        || name.StartsWith("_rels/"u8)
        || name.StartsWith("docProps/"u8)
        || name.StartsWith("customXml/"u8)
        || OfApplication(name) is not null;

    private static string? OfApplication(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith("word/"u8)) return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        if (name.StartsWith("ppt/"u8)) return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
        if (name.StartsWith("xl/workbook.bin"u8) || name.StartsWith("xl/_rels/workbook.bin"u8))
            return "application/vnd.ms-excel.sheet.binary.macroEnabled.12"; // [MS-XLSB]: the same package, its parts are not XML
        if (name.StartsWith("xl/"u8)) return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        return null;
    }
}
