using System.Collections.Frozen;

namespace Sluice.MediaTypes;

/// <summary>The name of a media type, without parameters and in lower case (RFC 9110, section 8.3.1).</summary>
internal static class MediaTypeName
{
    // Two names of one type: one that is or was in use, and the canonical one, used for comparison.
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["image/jpg"] = "image/jpeg",
        ["image/pjpeg"] = "image/jpeg",
        ["image/x-png"] = "image/png",
        ["image/x-bmp"] = "image/bmp",
        ["image/x-ms-bmp"] = "image/bmp",
        ["image/vnd.microsoft.icon"] = "image/x-icon",
        ["image/ico"] = "image/x-icon",
        ["audio/wav"] = "audio/wave",
        ["audio/x-wav"] = "audio/wave",
        ["audio/vnd.wave"] = "audio/wave",
        ["audio/x-aiff"] = "audio/aiff",
        ["audio/mid"] = "audio/midi",
        ["audio/x-midi"] = "audio/midi",
        ["audio/mp3"] = "audio/mpeg",
        ["audio/x-mpeg"] = "audio/mpeg",
        ["audio/x-flac"] = "audio/flac",
        ["video/x-msvideo"] = "video/avi",
        ["video/msvideo"] = "video/avi",
        ["video/vnd.avi"] = "video/avi",
        ["video/x-matroska"] = "video/matroska",
        ["text/xml"] = "application/xml",
        ["text/json"] = "application/json",
        ["text/rtf"] = "application/rtf",
        ["application/x-pdf"] = "application/pdf",
        ["application/x-gzip"] = "application/gzip",
        ["application/x-gunzip"] = "application/gzip",
        ["application/gzipped"] = "application/gzip",
        ["application/x-zip"] = "application/zip",
        ["application/x-zip-compressed"] = "application/zip",
        ["application/vnd.rar"] = "application/x-rar-compressed",
        ["application/x-rar"] = "application/x-rar-compressed",
        ["application/x-zstd"] = "application/zstd",
        ["application/xz"] = "application/x-xz",
        ["application/x-bzip"] = "application/x-bzip2",
        ["application/bzip2"] = "application/x-bzip2",
        ["application/tar"] = "application/x-tar",
        ["application/x-gtar"] = "application/x-tar",
        ["application/x-java-archive"] = "application/java-archive",
        ["application/parquet"] = "application/vnd.apache.parquet",
        ["application/x-parquet"] = "application/vnd.apache.parquet",
        ["application/x-sqlite3"] = "application/vnd.sqlite3",
        ["application/x-executable"] = "application/x-elf",
        ["application/x-sharedlib"] = "application/x-elf",
        ["application/x-msdownload"] = "application/vnd.microsoft.portable-executable",
        ["application/x-dosexec"] = "application/vnd.microsoft.portable-executable",
        ["application/font-woff"] = "font/woff",
        ["application/x-font-ttf"] = "font/ttf",
        ["application/x-font-otf"] = "font/otf",
        ["application/x-font-opentype"] = "font/otf",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The part before the parameters; null if it is empty.</summary>
    public static string? Bare(string? mediaType)
    {
        var name = mediaType.AsSpan();
        var end = name.IndexOf(';');
        name = (end < 0 ? name : name[..end]).Trim();
        return name.IsEmpty ? null : name.ToString().ToLowerInvariant();
    }

    /// <summary>The canonical name of a type, bare: of several names for it, the one used for comparison.</summary>
    public static string Canonical(string bare) => Aliases.GetValueOrDefault(bare, bare);

    /// <summary>Whether this declared type, bare, says nothing about the body. The second is what S3 clients send.</summary>
    public static bool DeclaresNothing(string bare) => bare is "application/octet-stream" or "binary/octet-stream";

    /// <summary>Whether this sniffed type, bare, says nothing about the body: text or binary of no known kind.</summary>
    public static bool IsInconclusive(string bare) => bare is "application/octet-stream" or "text/plain";
}
