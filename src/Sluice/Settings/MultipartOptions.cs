using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>What a form (<c>multipart/form-data</c>, RFC 7578) may be made of. Its size is limited by <see cref="BodyOptions.MaxBytes"/>.</summary>
public sealed class MultipartOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Multipart";

    /// <summary>The most parts of a form, files and fields. The default is 100. Each may cost a few requests to storage.</summary>
    [Range(1, 10_000)]
    public int MaxParts { get; set; } = 100;

    /// <summary>
    /// The most bytes of all text fields of a form together, names and values. The default is 8 KiB: more can't be stored as metadata of
    /// a blob. They are held in memory while the form is read.
    /// </summary>
    [Range(0, 64 * 1024)]
    public int MaxFieldBytes { get; set; } = 8 * 1024;

    /// <summary>The most bytes of the headers of one part. The default is 16 KiB. They are held in memory while the part is read.</summary>
    [Range(256, 64 * 1024)]
    public int MaxHeaderBytes { get; set; } = 16 * 1024;

    /// <summary>The most headers of one part. The default is 16; RFC 7578 knows three.</summary>
    [Range(1, 100)]
    public int MaxHeaders { get; set; } = 16;
}
