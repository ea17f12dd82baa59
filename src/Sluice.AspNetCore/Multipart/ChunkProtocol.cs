using System.Globalization;

namespace Sluice.AspNetCore.Multipart;

/// <summary>
/// Form fields by which upload libraries send a file in chunks, one form for each, to a server that puts them together. Sluice does not: it
/// would store each chunk as the whole file. Whole files from the same libraries are accepted.
/// </summary>
internal static class ChunkProtocol
{
    // The field with the number of chunks, and the one before it with the number of this chunk:
    // https://docs.dropzone.dev/configuration/basics/configuration-options, http://resumablejs.com, https://github.com/flowjs/flow.js,
    // https://docs.fineuploader.com/branch/master/features/chunking.html, https://www.plupload.com/docs/v2/Chunking.
    private static readonly Dictionary<string, (string Library, string Number)> _counts = new(StringComparer.Ordinal)
    {
        ["dztotalchunkcount"] = ("Dropzone", "dzchunkindex"),
        ["resumableTotalChunks"] = ("Resumable.js", "resumableChunkNumber"),
        ["flowTotalChunks"] = ("Flow.js", "flowChunkNumber"),
        ["qqtotalparts"] = ("Fine Uploader", "qqpartindex"),
        ["chunks"] = ("Plupload", "chunk"),
    };

    /// <summary>The library that sends a chunk, if this field says that there are several; otherwise null.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="before">The fields before it.</param>
    public static string? Library(string field, string value, FormFields before) =>
        _counts.TryGetValue(field, out var known) && before.Has(known.Number)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 1
            ? known.Library
            : null;
}
