namespace Sluice.MediaTypes;

/// <summary>
/// Distinguishes a body that is not what it is declared as from one that is merely declared by another name. In doubt there is no
/// contradiction: sniffing recognizes families (a ZIP archive, ISO media, XML), while senders name their members.
/// </summary>
internal static class MediaTypeContradiction
{
    private static readonly string[] Zip =
    [
        "application/zip", "*+zip", "application/vnd.openxmlformats-officedocument.*", "application/vnd.oasis.opendocument.*",
        "application/vnd.ms-*", "application/java-archive", "application/vnd.android.package-archive", "application/x-xpinstall",
        "application/vnd.google-earth.kmz", "application/vnd.apple.*", "application/x-iwork-*", "application/oxps", "application/msix",
        "application/appx", "application/vsix", "application/x-cbz", "application/vnd.recordare.musicxml", "image/openraster", "model/3mf",
        "application/vnd.visio", "application/x-krita",
    ];

    private static readonly string[] Word =
        ["application/msword", "application/vnd.ms-word*", "application/vnd.openxmlformats-officedocument.wordprocessingml.*"];

    private static readonly string[] Excel =
        ["application/vnd.ms-excel*", "application/vnd.openxmlformats-officedocument.spreadsheetml.*"];

    private static readonly string[] PowerPoint =
        ["application/vnd.ms-powerpoint*", "application/vnd.openxmlformats-officedocument.presentationml.*"];

    private static readonly string[] Jar =
        ["application/java-archive", "application/vnd.android.package-archive", "application/x-xpinstall"];

    private static readonly string[] IsoMedia =
        [
            "video/mp4", "audio/mp4", "audio/m4a", "audio/x-m4a", "audio/x-m4b", "audio/x-m4p", "video/x-m4v", "video/x-f4v",
            "video/quicktime", "video/3gpp*", "audio/3gpp*",
        ];

    private static readonly string[] Jpeg2000 = ["image/jp2", "image/jpx", "image/jpm", "video/mj2"];

    // The last two are what tables of file names make of .mts and .ts.
    private static readonly string[] Mpeg =
        ["video/mpeg", "video/mp2t", "video/dvd", "video/x-ms-vob", "model/vnd.mts", "text/vnd.trolltech.linguist"];

    private static readonly string[] Heif = ["image/heif", "image/heif-sequence", "image/heic", "image/heic-sequence", "image/avif"];

    // What the bytes show, and which types may be declared for them.
    private static readonly (string[] Redaction, string[] Declared)[] Tolerated =
    [
        // Text formats. One line of JSON lines is JSON, and so is much YAML. SpreadsheetML 2003 is XML under Excel's name.
        (["application/json", "application/xml"],
            ["text/*", "application/json", "*+json", "application/xml", "*+xml", "application/x-ndjson", "application/ndjson",
             "application/jsonl", "application/*yaml", "*+yaml", "application/json5", "application/csp-report", "application/javascript"]),
        (["application/xml", "application/rtf"], ["application/msword", "application/vnd.ms-excel"]),
        // An SVG that begins with a comment looks like HTML, and Markdown may begin with HTML. Other text that looks like HTML is not what
        // it is declared as.
        (["text/html"], ["application/xml", "*+xml", "text/markdown", "text/x-markdown"]),

        // Containers.
        (["application/zip"], Zip),
        (Zip, ["application/zip"]),
        (Word, Word),
        (Excel, Excel),
        (PowerPoint, PowerPoint),
        (Jar, Jar),
        // Office before 2007, and Office documents with a password ([MS-OFFCRYPTO]).
        (["application/x-ole-storage"],
            ["application/msword", "application/vnd.ms-*", "application/vnd.openxmlformats-officedocument.*", "application/vnd.visio",
             "application/x-msi"]),
        (["application/gzip"],
            ["*+gzip", "*.gzip", "application/x-tgz", "application/x-compressed-tar", "application/x-tar", "application/x-compressed"]),
        (["application/zstd"], ["*+zstd", "*.zstd"]),
        (["application/x-archive"], ["application/vnd.debian.binary-package"]),
        (["application/x-tar"], ["*+tar", "*.tar"]),
        (["application/vnd.sqlite3"], ["*+sqlite3"]),

        // Media: which tracks a file has, or which camera wrote it, is stored further in than sniffing reads.
        (IsoMedia, IsoMedia),
        (Heif, Heif),
        (Jpeg2000, Jpeg2000),
        (Mpeg, Mpeg),
        (["application/vnd.ms-asf"], ["video/x-ms-*", "audio/x-ms-*"]),
        (["image/jpeg"], ["image/jls"]), // JPEG-LS begins as JPEG does
        (["video/webm", "video/matroska"], ["audio/webm", "video/webm", "audio/matroska", "audio/x-matroska", "video/matroska"]),
        (["application/ogg"], ["audio/ogg", "video/ogg", "audio/opus", "audio/vorbis"]),
        (["audio/mpeg"], ["audio/aac", "audio/flac", "audio/mpa"]), // an ID3 tag may precede any of them
        (["image/tiff"], ["image/x-*", "image/dng"]),
        (["image/x-canon-cr3", "image/x-fuji-raf", "image/x-olympus-orf", "image/x-panasonic-rw2"], ["image/x-*", "image/tiff"]),
        (["image/wmf", "image/emf"], ["application/x-msmetafile"]),
        (["font/ttf", "font/otf", "font/collection"], ["font/sfnt", "font/ttf", "font/otf"]),
        (["application/pdf"], ["application/postscript", "application/illustrator"]), // Illustrator files since version 9
        (["application/postscript"], ["application/illustrator", "application/eps", "application/x-eps", "image/eps", "image/x-eps"]),
        (["application/vnd.visio"], ["application/vnd.ms-visio*"]),
    ];

    /// <summary>Whether the first bytes of a body contradict its declared type.</summary>
    /// <param name="declared">The value of <c>Content-Type</c>.</param>
    /// <param name="sniffed">What the first bytes show.</param>
    /// <param name="contentEncoding">
    /// The value of <c>Content-Encoding</c>: the declared type is that of the decoded body (RFC 9110, section 8.4).
    /// </param>
    public static bool Between(string? declared, string? sniffed, string? contentEncoding = null)
    {
        if (MediaTypeName.Bare(declared) is not { } said || MediaTypeName.DeclaresNothing(said)
            || MediaTypeName.Bare(sniffed) is not { } shown || MediaTypeName.IsInconclusive(shown))
        {
            return false;
        }

        (said, shown) = (MediaTypeName.Canonical(said), MediaTypeName.Canonical(shown));
        return said != shown
            && shown != Coding(contentEncoding)
            && !Tolerated.Any(row => row.Redaction.Any(name => Fits(shown, name)) && row.Declared.Any(name => Fits(said, name)));
    }

    // The bytes show the coding that was applied last. Codings other than these can't be recognized from any bytes.
    private static string? Coding(string? contentEncoding) => contentEncoding?.Split(',')[^1].Trim().ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => "application/gzip",
        "zstd" => "application/zstd",
        _ => null,
    };

    // A single '*', which stands for any characters: enough for the names in this file.
    private static bool Fits(string mediaType, string name)
    {
        var star = name.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? mediaType == name
            : mediaType.StartsWith(name[..star], StringComparison.Ordinal)
                && mediaType.EndsWith(name[(star + 1)..], StringComparison.Ordinal);
    }
}
