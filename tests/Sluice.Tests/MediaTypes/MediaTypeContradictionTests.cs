using Sluice.MediaTypes;
using Sluice.Tests.Peek;

namespace Sluice.Tests.MediaTypes;

public sealed class MediaTypeContradictionTests
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Theory]
    // Nothing declared, or nothing shown.
    [InlineData(null, "image/png")]
    [InlineData("", "image/png")]
    [InlineData("application/octet-stream", "image/png")]
    [InlineData("Application/Octet-Stream; x=1", "image/png")]
    [InlineData("binary/octet-stream", "image/png")]
    [InlineData("image/png", null)]
    [InlineData("image/png", "application/octet-stream")]
    [InlineData("image/png", "text/plain")]
    // The same by another name, case or parameter.
    [InlineData("image/png", "image/png")]
    [InlineData("IMAGE/PNG", "image/png")]
    [InlineData("image/png; q=1", "image/png")]
    [InlineData("image/jpg", "image/jpeg")]
    [InlineData("image/vnd.microsoft.icon", "image/x-icon")]
    [InlineData("application/gzip", "application/x-gzip")]
    [InlineData("application/x-gunzip", "application/x-gzip")]
    [InlineData("audio/x-wav", "audio/wave")]
    [InlineData("video/x-msvideo", "video/avi")]
    [InlineData("application/vnd.rar", "application/x-rar-compressed")]
    [InlineData("application/x-msdownload", "application/vnd.microsoft.portable-executable")]
    // Text.
    [InlineData("text/csv", "application/json")]
    [InlineData("text/html", "text/xml")]
    [InlineData("application/json", "text/xml")]
    [InlineData("application/geo+json", "application/json")]
    [InlineData("application/x-ndjson", "application/json")]
    [InlineData("application/yaml", "application/json")]
    [InlineData("application/xml", "text/xml")]
    [InlineData("image/svg+xml", "text/xml")]
    [InlineData("image/svg+xml", "text/html")]
    [InlineData("application/xhtml+xml", "text/html")]
    [InlineData("text/markdown", "text/html")]
    [InlineData("text/rtf", "application/rtf")]
    [InlineData("application/msword", "application/rtf")]
    // Containers.
    [InlineData(SniffSamples.Docx, "application/zip")]
    [InlineData("application/zip", SniffSamples.Docx)]
    [InlineData("application/x-zip-compressed", "application/java-archive")]
    [InlineData("application/epub+zip", "application/zip")]
    [InlineData("application/vnd.android.package-archive", "application/java-archive")]
    [InlineData("application/vnd.ms-word.document.macroEnabled.12", SniffSamples.Docx)]
    [InlineData("application/vnd.ms-excel", Xlsx)]
    [InlineData(Xlsx, "application/vnd.ms-excel.sheet.binary.macroEnabled.12")]
    [InlineData("application/msword", "application/x-ole-storage")]
    [InlineData(SniffSamples.Docx, "application/x-ole-storage")]
    [InlineData("application/x-tar", "application/x-gzip")]
    [InlineData("application/vnd.oci.image.layer.v1.tar+gzip", "application/x-gzip")]
    [InlineData("application/vnd.oci.image.layer.v1.tar", "application/x-tar")]
    // Media.
    [InlineData("video/quicktime", "video/mp4")]
    [InlineData("audio/x-m4a", "video/mp4")]
    [InlineData("image/heif", "image/heic")]
    [InlineData("audio/webm", "video/webm")]
    [InlineData("video/x-matroska", "video/matroska")]
    [InlineData("audio/ogg", "application/ogg")]
    [InlineData("image/x-adobe-dng", "image/tiff")]
    [InlineData("image/x-dcraw", "image/x-canon-cr3")]
    [InlineData("application/x-msmetafile", "image/emf")]
    [InlineData("image/x-photoshop", "image/vnd.adobe.photoshop")]
    [InlineData("image/jp2", "image/jpx")]
    [InlineData("audio/flac", "audio/mpeg")]
    [InlineData("audio/x-ms-wma", "application/vnd.ms-asf")]
    [InlineData("video/dvd", "video/mpeg")]
    [InlineData("text/vnd.trolltech.linguist", "video/mp2t")]
    [InlineData("image/x-eps", "application/postscript")]
    [InlineData("application/vnd.ms-visio.drawing", "application/vnd.visio")]
    [InlineData("application/zip", "application/vnd.visio")]
    [InlineData("font/sfnt", "font/ttf")]
    public void Another_name_is_no_contradiction(string? declared, string? sniffed) =>
        Assert.False(MediaTypeContradiction.Between(declared, sniffed));

    [Theory]
    [InlineData("image/png", "image/jpeg")]
    [InlineData("image/png", "application/x-elf")]
    [InlineData("image/png", "application/zip")]
    [InlineData("image/png", "text/html")]
    [InlineData("image/png", "text/xml")]
    [InlineData("image/png", "application/json")]
    [InlineData("text/plain", "text/html")]
    [InlineData("text/csv", "text/html")]
    [InlineData("application/json", "text/html")]
    [InlineData("text/plain", "application/pdf")]
    [InlineData("text/plain", "application/vnd.microsoft.portable-executable")]
    [InlineData("application/json", "application/x-gzip")]
    [InlineData("application/pdf", "application/json")]
    [InlineData("application/pdf", "application/zip")]
    [InlineData("application/zip", "application/x-gzip")]
    [InlineData(SniffSamples.Docx, "application/java-archive")]
    [InlineData(SniffSamples.Docx, Xlsx)]
    [InlineData("application/msword", "application/x-elf")]
    [InlineData("audio/mpeg", "video/mp4")]
    [InlineData("video/mp4", "video/webm")]
    [InlineData("video/mp4", "video/mp2t")]
    [InlineData("image/png", "image/x-canon-cr3")]
    [InlineData("image/png", "application/x-ms-shortcut")]
    [InlineData("text/plain", "video/mp2t")]
    [InlineData("nonsense", "image/png")]
    public void Another_kind_of_body_is_one(string declared, string sniffed) =>
        Assert.True(MediaTypeContradiction.Between(declared, sniffed));

    [Fact]
    public void What_is_sniffed_never_contradicts_itself() =>
        Assert.All(SniffSamples.All, static sample => Assert.False(MediaTypeContradiction.Between(sample.MediaType, sample.MediaType)));

    [Theory]
    [InlineData("gzip", "application/x-gzip", false)]
    [InlineData("x-gzip", "application/x-gzip", false)]
    [InlineData("br, GZIP", "application/x-gzip", false)]
    [InlineData("zstd", "application/zstd", false)]
    [InlineData("gzip, br", "application/x-gzip", true)]
    [InlineData("br", "application/x-gzip", true)]
    [InlineData("gzip", "application/x-elf", true)]
    [InlineData("", "application/x-gzip", true)]
    public void A_content_coding_excuses_the_bytes_that_it_makes_and_no_others(string coding, string sniffed, bool contradicts) =>
        Assert.Equal(contradicts, MediaTypeContradiction.Between("application/json", sniffed, coding));
}
