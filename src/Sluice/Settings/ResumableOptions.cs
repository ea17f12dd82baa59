using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>Resumable uploads: <c>/api/files</c>, by tus 1.0.0 and by Resumable Uploads for HTTP.</summary>
public sealed class ResumableOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Resumable";

    /// <summary>
    /// How the names of parts begin (tus, Concatenation). They are blobs only for the moment in which storage copies them; the account's lifecycle rule
    /// has to delete what a process leaves there that dies in that moment.
    /// </summary>
    public const string PartsPrefix = "partial-uploads/";

    /// <summary>
    /// Keys that upload URLs are sealed with: 256 bits each, in base64; at most 8. The first seals, all open, so a key is changed by putting the new
    /// one first and removing the old one a <see cref="Lifetime"/> later. All instances need the same. Without any, nothing can be uploaded
    /// here, except in the Development environment, where each process makes one of its own and says so. No default.
    /// </summary>
    public IList<string> Keys { get; } = [];

    /// <summary>The container that uploads go to, one of <c>Sluice:Blob:Containers</c>. The default is the first of these.</summary>
    public string? Container { get; set; }

    /// <summary>
    /// The blob's name, with parts in braces: <c>{id}</c> (the upload's own, 32 hex digits), <c>{filename}</c> (what the client calls the file; whatever
    /// could start a new part of the name becomes <c>_</c>; <c>file</c> where it is not named), <c>{date:FORMAT}</c> (when the upload was created, in UTC, in a .NET custom format).
    /// The default is <c>{id}/{filename}</c>. A name without <c>{id}</c> can be that of two uploads: the first that is whole then ends the other.
    /// </summary>
    public string Name { get; set; } = "{id}/{filename}";

    /// <summary>Whether an upload may replace a blob of its name. The default is false.</summary>
    public bool Overwrite { get; set; }

    /// <summary>How long an upload can be gone on with. The default is 6 days. Storage drops what was not committed after 7.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "6.23:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(6);

    /// <summary>The largest upload, in bytes. The default is null: as large as blocks that memory can hold reach, and at most <c>Sluice:Body:MaxBytes</c>.</summary>
    [Range(1, long.MaxValue)]
    public long? MaxBytes { get; set; }

    /// <summary>
    /// How long one request may bring bytes before it is answered with the offset that was reached. The default is 200 seconds: Azure's front end
    /// gives up after 230.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxAppendDuration { get; set; } = TimeSpan.FromSeconds(200);

    /// <summary>
    /// How many bytes a client is asked to send in one request at most (<c>Upload-Limit: max-append-size</c>). The default is 16 MiB: the Functions
    /// host reads a body that declares its length into its own memory. Larger ones are taken all the same.
    /// </summary>
    [Range(64 * 1024, long.MaxValue)]
    public long MaxAppendBytes { get; set; } = 16 << 20;

    /// <summary>The origins of web pages that may upload from other sites (<c>https://app.example.com</c>), or <c>*</c>. The default is none.</summary>
    public IList<string> AllowedOrigins { get; } = [];
}
