using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>How much of a body is inspected before Sluice decides where it goes.</summary>
public sealed class PeekOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Peek";

    /// <summary>
    /// The maximum number of bytes inspected. The default is 8 KiB: the longest pattern of WHATWG MIME Sniffing needs 1,445, and a zip
    /// whose first entries identify its format rarely needs more than 4,000. An upload waits for that many bytes, or for the end of the
    /// body, before it is opened.
    /// </summary>
    [Range(512, 64 * 1024)]
    public int WindowBytes { get; set; } = 8 * 1024;
}
