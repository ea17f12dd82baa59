using System.Globalization;
using Sluice.Resumable;
using Sluice.Settings;

namespace Sluice.AspNetCore.Resumable;

/// <summary>The limits to report: <c>Upload-Limit</c> (draft-ietf-httpbis-resumable-upload, section 4.1.4).</summary>
/// <param name="MaxBytes">The largest upload.</param>
/// <param name="Options">The configured options.</param>
/// <param name="MaxBlocks">The most blocks that a blob may have.</param>
internal sealed record UploadLimits(long MaxBytes, ResumableOptions Options, int MaxBlocks)
{
    // An append uses a block of its own and its marker blocks: of the 100,000 blocks that may be uncommitted, this leaves as many appends.
    private const int MaxAppends = 24_000;

    private const long MinAppendBytes = 1 << 20;

    // Logic Apps sends chunks of up to 52,428,800 bytes: "Content chunk size per action" in
    // https://learn.microsoft.com/azure/logic-apps/logic-apps-limits-and-config#messages
    private const long LargestChunkBytes = 50 << 20;

    // A chunk that is cut has to be sent again from its beginning.
    private const long DefaultChunkBytes = 16 << 20;

    /// <summary>The limits of one upload, which the app's own code may have lowered.</summary>
    public UploadLimits Of(UploadTicket ticket) => this with { MaxBytes = Math.Min(MaxBytes, ticket.MaxBytes ?? long.MaxValue) };

    /// <summary>The field for an upload of that length and with that remaining lifetime.</summary>
    public string Write(long? length, TimeSpan? age)
    {
        var least = LeastBytes(length);
        var most = Options.MaxAppendBytes is { } bytes ? $"max-append-size={Text(Math.Max(bytes, least))}, " : "";
        var text = $"max-size={Text(MaxBytes)}, {most}min-append-size={Text(least)}";
        return age is { } left
            ? string.Create(CultureInfo.InvariantCulture, $"{text}, max-age={Math.Max(0, (long)left.TotalSeconds)}")
            : text;
    }

    /// <summary>The size of the chunks to suggest to Azure Logic Apps, in bytes, for an upload of that length.</summary>
    public long ChunkBytes(long? length) =>
        Math.Max(Math.Min(Options.MaxAppendBytes ?? DefaultChunkBytes, LargestChunkBytes), LeastBytes(length));

    private long LeastBytes(long? length) => Math.Max(MinAppendBytes, (length ?? 0) / Math.Min(MaxAppends, MaxBlocks));

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);
}
