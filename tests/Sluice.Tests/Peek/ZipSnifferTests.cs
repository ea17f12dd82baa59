using System.Buffers;
using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class ZipSnifferTests
{
    private const string Docx = SniffSamples.Docx;
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    private const string Xlsb = "application/vnd.ms-excel.sheet.binary.macroEnabled.12";
    private const string Odf = "application/vnd.oasis.opendocument.";

    [Theory]
    [InlineData(Docx, "[Content_Types].xml", "_rels/.rels", "word/document.xml")] // Word
    [InlineData(Xlsx, "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")] // Excel
    [InlineData(Pptx, "[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml")] // PowerPoint
    [InlineData(Docx, "_rels/.rels", "docProps/core.xml", "docProps/app.xml", "word/document.xml", "[Content_Types].xml")] // LibreOffice
    [InlineData(Docx, "word/document.xml", "_rels/.rels", "[Content_Types].xml")] // Open XML SDK
    [InlineData(Xlsx, "xl/worksheets/sheet1.xml", "[Content_Types].xml")]
    [InlineData(Pptx, "docProps/app.xml", "ppt/_rels/presentation.xml.rels")]
    [InlineData(Docx, "[Content_Types].xml", "customXml/item1.xml", "word/media/image1.png")]
    [InlineData(Xlsb, "[Content_Types].xml", "_rels/.rels", "xl/workbook.bin", "xl/_rels/workbook.bin.rels")]
    [InlineData(Xlsb, "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.bin.rels", "xl/workbook.bin")]
    [InlineData("application/java-archive", "META-INF/MANIFEST.MF", "com/example/Main.class")]
    [InlineData("application/java-archive", "META-INF/", "META-INF/MANIFEST.MF", "com/example/Main.class")]
    [InlineData("application/zip", "META-INF/", "META-INF/container.xml")]
    [InlineData("application/zip", "notes.txt", "META-INF/MANIFEST.MF")]
    [InlineData("application/vnd.visio", "[Content_Types].xml", "_rels/.rels", "visio/document.xml")]
    [InlineData("model/3mf", "[Content_Types].xml", "_rels/.rels", "3D/3dmodel.model")]
    [InlineData("application/vnd.android.package-archive", "AndroidManifest.xml", "classes.dex")]
    [InlineData("application/vnd.android.package-archive", "META-INF/MANIFEST.MF", "META-INF/CERT.SF", "AndroidManifest.xml")]
    [InlineData("application/vnd.android.package-archive", "META-INF/com/android/build/gradle/app-metadata.properties")]
    [InlineData("application/vnd.google-earth.kmz", "doc.kml", "files/a.png")]
    [InlineData("application/zip", "files/a.png", "doc.kml")]
    [InlineData("application/zip", "3D/3dmodel.model")]
    [InlineData("application/zip", "base/manifest/AndroidManifest.xml")]
    [InlineData("application/zip", "notes.txt", "[Content_Types].xml", "word/document.xml")]
    [InlineData("application/zip", "word/", "word/list.txt")]
    [InlineData("application/zip", "word/list.txt")]
    [InlineData("application/zip", "words/document.xml")]
    [InlineData("application/zip", "report.docx")]
    public void A_zip_whose_entries_name_word_is_a_docx_and_so_on(string mediaType, params string[] names)
    {
        Assert.Equal(mediaType, Sniff([.. names.SelectMany(static name => name.EndsWith('/')
            ? SniffBodies.ZipEntry(name)
            : SniffBodies.ZipEntry(name, "data"u8))]));
        Assert.Equal(mediaType, Sniff([.. names.SelectMany(static name => name.EndsWith('/')
            ? SniffBodies.ZipEntry(name, flags: 0x0008)
            : SniffBodies.StreamedZipEntry(name, "data"u8))]));
        Assert.Equal(mediaType, Sniff(SniffBodies.Zip(seekable: true, names)));
        Assert.Equal(mediaType, Sniff(SniffBodies.Zip(seekable: false, names)));
    }

    [Theory]
    [InlineData("application/epub+zip")]
    [InlineData(Odf + "text")]
    [InlineData(Odf + "spreadsheet")]
    [InlineData(Odf + "presentation")]
    [InlineData(Odf + "graphics")]
    [InlineData(Odf + "text-template")]
    [InlineData(Odf + "base")]
    [InlineData("image/openraster")]
    public void A_first_entry_called_mimetype_names_the_type(string mediaType)
    {
        var type = SniffBodies.Ascii(mediaType);

        Assert.Equal(mediaType, Sniff([.. SniffBodies.ZipEntry("mimetype", type), .. SniffBodies.ZipEntry("content.xml", "<x/>"u8)]));
        Assert.Equal(mediaType, Sniff([.. SniffBodies.StreamedZipEntry("mimetype", type, method: 0)]));
        Assert.Equal(mediaType, Sniff([.. SniffBodies.ZipEntry("mimetype", [.. type, .. "\r\n"u8])]));
        Assert.Equal(mediaType, Sniff([.. SniffBodies.StreamedZipEntry("mimetype", [.. type, .. "\n"u8], method: 0)]));
    }

    [Theory]
    [InlineData(Odf + "unknown")]
    [InlineData("application/epub+zip2")]
    [InlineData("application/epub+zip\ntext")]
    [InlineData("application/epub+zi")]
    [InlineData("image/png")]
    [InlineData("text/html")]
    [InlineData("")]
    public void A_type_it_does_not_know_is_not_believed(string mediaType) =>
        Assert.Equal("application/zip", Sniff(SniffBodies.ZipEntry("mimetype", SniffBodies.Ascii(mediaType))));

    [Fact]
    public void A_compressed_mimetype_is_not_read() =>
        Assert.Equal("application/zip", Sniff(SniffBodies.ZipEntry("mimetype", "application/epub+zip"u8, method: 8)));

    [Fact]
    public void A_document_inside_an_archive_does_not_make_the_archive_one()
    {
        var document = SniffBodies.Zip(seekable: true, "[Content_Types].xml", "word/document.xml");

        Assert.Equal("application/zip", Sniff(SniffBodies.ZipEntry("report.docx", document)));
        Assert.Equal("application/zip", Sniff(SniffBodies.ZipEntry("docProps/embedded.docx", document)));
        Assert.Equal("application/zip", Sniff(SniffBodies.StreamedZipEntry("docProps/embedded.docx", document, method: 0)));
    }

    [Fact]
    public void An_entry_is_found_behind_one_with_zip64_sizes() => Assert.Equal(Docx, Sniff(
    [
        .. SniffBodies.ZipEntry("[Content_Types].xml", "data"u8, flags: 0x0008, method: 8, size: uint.MaxValue),
        .. SniffBodies.ZipEntry("word/document.xml"),
    ]));

    [Fact]
    public void An_entry_beyond_the_window_is_not_looked_for() =>
        Assert.Equal("application/zip", Sniff(SniffBodies.ZipEntry("[Content_Types].xml", "data"u8, size: 1_000_000)));

    [Fact]
    public void An_entry_deep_in_the_window_is_found_also_in_pieces()
    {
        byte[] body =
        [
            .. SniffBodies.ZipEntry("[Content_Types].xml", new byte[3000], method: 8),
            .. SniffBodies.ZipEntry("docProps/thumbnail.jpeg", new byte[40_000]),
            .. SniffBodies.ZipEntry("word/document.xml", "data"u8),
        ];

        Assert.Equal(Docx, Sniff(body));
        Assert.Equal(Docx, ContentSniffer.Sniff(SniffSegments.Cut(body, 1, 1000, 4096, 8192, 43_000), complete: true));
        Assert.Equal("application/zip", ContentSniffer.Sniff(new ReadOnlySequence<byte>(body).Slice(0, 8192), complete: false));
    }

    [Fact]
    public void A_cut_off_name_is_not_guessed() => Assert.Equal("application/zip", Sniff(SniffBodies.ZipEntry("word/document.xml")[..^1]));

    private static string? Sniff(byte[] body) => ContentSniffer.Sniff(new(body), complete: false);
}
