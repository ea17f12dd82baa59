using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>What a form (<c>multipart/form-data</c>, RFC 7578) may contain. <see cref="BodyOptions.MaxBytes"/> limits its size.</summary>
public sealed class MultipartOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Multipart";

    /// <summary>
    /// The maximum number of parts in a form, files and fields. The default is 100. Each part may cost a few requests to storage.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxParts { get; set; } = 100;

    /// <summary>
    /// The maximum size of all text fields of a form together, names and values, in bytes. The default is 8 KiB: a blob's metadata can't
    /// hold more. The fields are held in memory while the form is read.
    /// </summary>
    [Range(0, 64 * 1024)]
    public int MaxFieldBytes { get; set; } = 8 * 1024;

    /// <summary>
    /// The maximum size of the headers of one part, in bytes. The default is 16 KiB. The headers are held in memory while the part is read.
    /// </summary>
    [Range(256, 64 * 1024)]
    public int MaxHeaderBytes { get; set; } = 16 * 1024;

    /// <summary>The maximum number of headers of one part. The default is 16; RFC 7578 defines three.</summary>
    [Range(1, 100)]
    public int MaxHeaders { get; set; } = 16;
}
