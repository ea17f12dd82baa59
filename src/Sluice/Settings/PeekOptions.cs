using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>How much of a body is looked at before it is decided where it goes.</summary>
public sealed class PeekOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Peek";

    /// <summary>
    /// The largest number of bytes looked at. The default is 8 KiB: the longest pattern of WHATWG MIME Sniffing needs 1,445, a zip that
    /// says what it holds rarely more than 4,000. An upload waits for that many bytes, or for the end of the body, before it is opened.
    /// </summary>
    [Range(512, 64 * 1024)]
    public int WindowBytes { get; set; } = 8 * 1024;
}
