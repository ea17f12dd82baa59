using System.Text;

namespace Sluice.Tests.Peek;

/// <summary>Every sample of every format: what the properties of the sniffer are checked on.</summary>
internal static class SniffSamples
{
    public static IReadOnlyList<SniffSample> All { get; } =
    [
        .. SniffMagic.Rows.Select(static row => new SniffSample(row.Data.Item1, SniffMagic.Parse(row.Data.Item2))),
        .. RealFile.All.Select(static file => new SniffSample(file.MediaType, file.Body)),
        new("video/mp4", SniffBodies.Ftyp("isom", "isom", "iso2", "avc1", "mp41")),
        new("image/avif", SniffBodies.Ftyp("mif1", "mif1", "miaf", "avif")),
        new("image/heif", SniffBodies.Ftyp("mif1", "mif1", "miaf")),
        new("image/heic-sequence", SniffBodies.Ftyp("hevc", "msf1", "hevc")),
        new("video/webm", SniffBodies.Ebml("webm")),
        new("video/matroska", SniffBodies.Ebml("matroska")),
        new("audio/mpeg", SniffBodies.Mp3(0xFFFB9064, 417)),
        new("application/x-tar", SniffBodies.Tar("BMI/notes.txt")),
        new("application/vnd.microsoft.portable-executable", SniffBodies.PortableExecutable()),
        new(Docx, SniffBodies.Zip(seekable: true, "[Content_Types].xml", "_rels/.rels", "word/document.xml")),
        new(Docx, SniffBodies.Zip(seekable: false, "[Content_Types].xml", "_rels/.rels", "word/document.xml")),
        new("application/epub+zip", SniffBodies.ZipEntry("mimetype", "application/epub+zip"u8)),
        new("application/x-krita", SniffBodies.ZipEntry("mimetype", "application/x-krita"u8)),
        new("application/java-archive", SniffBodies.Zip(seekable: false, "META-INF/MANIFEST.MF", "Main.class")),
        new("application/zip", SniffBodies.Zip(seekable: true, "a.txt", "b.txt")),
        new("application/json", """ {"name": "sluice", "sizes": [1, 2.5e3, -4], "ok": true, "none": null, "é": "\u00e9\n"} """u8),
        new("application/json", "\r\n\t[ ]"u8),
        new("text/plain", "{ not json }"u8),
        new("text/plain", Encoding.ASCII.GetBytes(new string(' ', 2000) + "<html>")),
        new("text/plain", new byte[2000].Select(static (_, i) => i < 1445 ? (byte)'a' : (byte)0).ToArray()),
    ];

    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
}
