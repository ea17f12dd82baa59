using System.Globalization;
using Sluice.Settings;

namespace Sluice.AspNetCore.Resumable;

/// <summary>What is told of limits: <c>Upload-Limit</c> (draft-ietf-httpbis-resumable-upload, section 4.1.4).</summary>
/// <param name="MaxBytes">The largest upload.</param>
/// <param name="Options">What is configured.</param>
/// <param name="MaxBlocks">Of how many blocks a blob is made.</param>
internal sealed record UploadLimits(long MaxBytes, ResumableOptions Options, int MaxBlocks)
{
    // An append takes a block of its own, and its marks: of the 100,000 that may be uncommitted, this many appends are left.
    private const int MaxAppends = 24_000;

    private const long MinAppendBytes = 1 << 20;

    /// <summary>The field for an upload of that length, and how long it lives on.</summary>
    public string Write(long? length, TimeSpan? age)
    {
        var appends = Math.Min(MaxAppends, MaxBlocks);
        var least = Math.Max(MinAppendBytes, (length ?? 0) / appends);
        var text = string.Create(CultureInfo.InvariantCulture, $"max-size={MaxBytes}, max-append-size={Math.Max(Options.MaxAppendBytes, least)}, min-append-size={least}");
        return age is { } left ? string.Create(CultureInfo.InvariantCulture, $"{text}, max-age={Math.Max(0, (long)left.TotalSeconds)}") : text;
    }
}
