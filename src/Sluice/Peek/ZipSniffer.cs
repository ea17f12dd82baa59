using System.Text;

namespace Sluice.Peek;

/// <summary>
/// Determines the format of a ZIP archive from the names of the entries that begin in the window. An archive's directory is at its end,
/// which a stream has not reached yet; the local file headers repeat it entry by entry.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>EPUB (OCF 3.3, section 4.3) and OpenDocument (1.3 part 2, section 3.3) name their type in a first entry <c>mimetype</c>.</item>
/// <item>Android packages have names of their own, and may begin as a JAR does
/// (https://developer.android.com/guide/components/fundamentals, "The manifest file").</item>
/// <item>JAR: the manifest is the first entry, or the second after its directory; otherwise <c>java.util.jar.JarInputStream</c> would not
/// find it.</item>
/// <item>Office Open XML (ECMA-376 part 2): every top-level name belongs to a package, and one of them belongs to the application. Names do
/// not distinguish a document from a template or a document with macros; their types are within compressed data. Visio and 3MF files are
/// such packages too.</item>
/// <item>KMZ (OGC KML 2.3, annex C): the map is called <c>doc.kml</c>, as most software writes it.</item>
/// </list>
/// </remarks>
internal static class ZipSniffer
{
    /// <summary>An archive of no known kind: https://mimesniff.spec.whatwg.org/#matching-an-archive-type-pattern (section 6.4).</summary>
    public const string MediaType = "application/zip";

    private static readonly (byte[] Text, string MediaType)[] MimetypeEntries =
    [
        .. from mediaType in (string[])
            [
                "application/epub+zip",
                "application/vnd.oasis.opendocument.text",
                "application/vnd.oasis.opendocument.text-template",
                "application/vnd.oasis.opendocument.text-master",
                "application/vnd.oasis.opendocument.spreadsheet",
                "application/vnd.oasis.opendocument.spreadsheet-template",
                "application/vnd.oasis.opendocument.presentation",
                "application/vnd.oasis.opendocument.presentation-template",
                "application/vnd.oasis.opendocument.graphics",
                "application/vnd.oasis.opendocument.graphics-template",
                "application/vnd.oasis.opendocument.formula",
                "application/vnd.oasis.opendocument.chart",
                "application/vnd.oasis.opendocument.image",
                "application/vnd.oasis.opendocument.base",
                "image/openraster", // OpenRaster baseline specification, "Archive and mimetype"
                "application/x-krita",
            ]
            select (Encoding.ASCII.GetBytes(mediaType), mediaType),
    ];

    /// <summary>Sniffs a window; null if it does not start with a local file header.</summary>
    public static string? Sniff(ReadOnlySpan<byte> window)
    {
        if (!window.StartsWith(SniffedZipEntry.Signature)) return null;
        if (!SniffedZipEntry.TryRead(window, out var first)) return MediaType;
        return OfMimetypeEntry(first) ?? OfAndroid(first) ?? OfManifest(first) ?? OfPackage(first) ?? OfMap(first) ?? MediaType;
    }

    // Only what is listed: an entry can hold anything.
    private static string? OfMimetypeEntry(SniffedZipEntry first)
    {
        if (!first.Name.SequenceEqual("mimetype"u8)) return null;
        foreach (var (text, mediaType) in MimetypeEntries)
        {
            if (first.Holds(text)) return mediaType;
        }

        return null;
    }

    private static string? OfAndroid(SniffedZipEntry entry)
    {
        do
        {
            if (entry.Name.SequenceEqual("AndroidManifest.xml"u8)
                || entry.Name.SequenceEqual("classes.dex"u8)
                || entry.Name.StartsWith("META-INF/com/android/"u8)) return "application/vnd.android.package-archive";
        }
        while (SniffedZipEntry.TryRead(entry.Next, out entry));

        return null;
    }

    private static string? OfMap(SniffedZipEntry first) =>
        first.Name.SequenceEqual("doc.kml"u8) ? "application/vnd.google-earth.kmz" : null;

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
        if (name.StartsWith("visio/"u8)) return "application/vnd.visio"; // [MS-VSDX]
        if (name.SequenceEqual("3D/3dmodel.model"u8)) return "model/3mf"; // 3MF core specification 1.3, section 2.1
        if (name.StartsWith("xl/"u8)) return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        return null;
    }
}
