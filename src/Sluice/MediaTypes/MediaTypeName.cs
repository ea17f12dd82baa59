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
        ["image/x-win-bitmap"] = "image/x-icon",
        ["image/apng"] = "image/png",
        ["image/icns"] = "image/x-icns",
        ["image/x-jp2-codestream"] = "image/j2c",
        ["image/mj2"] = "video/mj2",
        ["image/vnd.ms-photo"] = "image/jxr",
        ["image/psd"] = "image/vnd.adobe.photoshop",
        ["image/x-psd"] = "image/vnd.adobe.photoshop",
        ["image/x-photoshop"] = "image/vnd.adobe.photoshop",
        ["application/photoshop"] = "image/vnd.adobe.photoshop",
        ["application/x-photoshop"] = "image/vnd.adobe.photoshop",
        ["image/x-dds"] = "image/vnd.ms-dds",
        ["image/x-emf"] = "image/emf",
        ["image/x-wmf"] = "image/wmf",
        ["image/x-djvu"] = "image/vnd.djvu",
        ["image/x-dwg"] = "image/vnd.dwg",
        ["application/acad"] = "image/vnd.dwg",
        ["application/x-dwg"] = "image/vnd.dwg",
        ["image/x-fujifilm-raf"] = "image/x-fuji-raf",
        ["audio/wav"] = "audio/wave",
        ["audio/x-wav"] = "audio/wave",
        ["audio/vnd.wave"] = "audio/wave",
        ["audio/x-aiff"] = "audio/aiff",
        ["audio/mid"] = "audio/midi",
        ["audio/x-midi"] = "audio/midi",
        ["audio/mp3"] = "audio/mpeg",
        ["audio/x-mpeg"] = "audio/mpeg",
        ["audio/x-flac"] = "audio/flac",
        ["audio/aacp"] = "audio/aac",
        ["audio/x-aac"] = "audio/aac",
        ["audio/x-hx-aac-adts"] = "audio/aac",
        ["audio/vnd.dlna.adts"] = "audio/aac",
        ["audio/ape"] = "audio/x-ape",
        ["audio/wavpack"] = "audio/x-wavpack",
        ["video/x-msvideo"] = "video/avi",
        ["video/msvideo"] = "video/avi",
        ["video/vnd.avi"] = "video/avi",
        ["video/x-matroska"] = "video/matroska",
        ["video/mp1s"] = "video/mpeg",
        ["video/mp2p"] = "video/mpeg",
        ["video/x-mpeg"] = "video/mpeg",
        ["video/vnd.dlna.mpeg-tts"] = "video/mp2t",
        ["video/x-ms-asf"] = "application/vnd.ms-asf",
        ["application/x-shockwave-flash"] = "application/vnd.adobe.flash.movie",
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
        ["application/lzip"] = "application/x-lzip",
        ["application/x-lha"] = "application/x-lzh-compressed",
        ["application/x-lzh"] = "application/x-lzh-compressed",
        ["application/x-cab"] = "application/vnd.ms-cab-compressed",
        ["application/x-deb"] = "application/vnd.debian.binary-package",
        ["application/x-debian-package"] = "application/vnd.debian.binary-package",
        ["application/x-redhat-package-manager"] = "application/x-rpm",
        ["application/x-unix-archive"] = "application/x-archive",
        ["application/x-google-chrome-extension"] = "application/x-chrome-extension",
        ["application/x-virtualbox-vdi"] = "application/x-vdi-disk",
        ["application/x-virtualbox-vhd"] = "application/x-vhd-disk",
        ["application/x-virtualbox-vhdx"] = "application/x-vhdx-disk",
        ["application/x-virtualbox-vmdk"] = "application/x-vmdk-disk",
        ["application/parquet"] = "application/vnd.apache.parquet",
        ["application/x-parquet"] = "application/vnd.apache.parquet",
        ["application/x-sqlite3"] = "application/vnd.sqlite3",
        ["application/msaccess"] = "application/x-msaccess",
        ["application/vnd.ms-access"] = "application/x-msaccess",
        ["application/matlab-mat"] = "application/x-matlab-data",
        ["application/x-hdf"] = "application/x-hdf5",
        ["application/netcdf"] = "application/x-netcdf",
        ["application/x-esri-shape"] = "application/vnd.shp",
        ["application/cap"] = "application/vnd.tcpdump.pcap",
        ["application/x-pcap"] = "application/vnd.tcpdump.pcap",
        ["application/x-plist"] = "application/x-bplist",
        ["application/x-cfb"] = "application/x-ole-storage",
        ["application/x-chm"] = "application/vnd.ms-htmlhelp",
        ["application/ms-tnef"] = "application/vnd.ms-tnef",
        ["application/x-mobi"] = "application/x-mobipocket-ebook",
        ["application/x-fbx"] = "application/vnd.autodesk.fbx",
        ["application/x-gettext"] = "application/x-gettext-translation",
        ["application/x-executable"] = "application/x-elf",
        ["application/x-sharedlib"] = "application/x-elf",
        ["application/x-pie-executable"] = "application/x-elf",
        ["application/x-object"] = "application/x-elf",
        ["application/java"] = "application/java-vm",
        ["application/x-java"] = "application/java-vm",
        ["application/x-java-applet"] = "application/java-vm",
        ["application/x-java-class"] = "application/java-vm",
        ["application/x-msdownload"] = "application/vnd.microsoft.portable-executable",
        ["application/x-dosexec"] = "application/vnd.microsoft.portable-executable",
        ["application/font-woff"] = "font/woff",
        ["application/x-font-ttf"] = "font/ttf",
        ["application/x-font-otf"] = "font/otf",
        ["application/x-font-opentype"] = "font/otf",
        ["application/vnd.ms-opentype"] = "font/otf",
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
