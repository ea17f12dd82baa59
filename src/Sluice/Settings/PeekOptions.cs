using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>How much of a body is inspected before Sluice decides where it goes.</summary>
public sealed class PeekOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Peek";

    /// <summary>The largest <see cref="WindowBytes"/>, in bytes: 64 KiB.</summary>
    public const int MaxWindowBytes = 64 * 1024;

    /// <summary>
    /// The maximum number of bytes inspected. The default is 8 KiB: the longest pattern of WHATWG MIME Sniffing needs 1,445, and a zip
    /// whose first entries identify its format rarely needs more than 4,000. An upload waits for that many bytes, or for the end of the
    /// body, before it is opened.
    /// </summary>
    [Range(512, MaxWindowBytes)]
    public int WindowBytes { get; set; } = 8 * 1024;
}
