using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>
/// Resumable uploads: <c>/api/files</c>, with tus 1.0.0, Resumable Uploads for HTTP, and the chunking of Azure Logic Apps.
/// </summary>
public sealed class ResumableOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Resumable";

    /// <summary>
    /// The prefix of the names of partial uploads (tus, Concatenation). They are blobs only while storage copies them. If
    /// a process dies at that moment, the account's lifecycle rule has to delete what remains.
    /// </summary>
    public const string PartsPrefix = "partial-uploads/";

    /// <summary>
    /// Keys that encrypt upload URLs: 256 bits each, in base64; at most 8. The first key encrypts, and all keys decrypt. To rotate a key,
    /// put the new one first and remove the old one after a <see cref="Lifetime"/>. All instances need the same keys. Without keys,
    /// resumable uploads are not available, except in the Development environment, where each process generates a key of its own and logs
    /// that it did. No default.
    /// </summary>
    public IList<string> Keys { get; } = [];

    /// <summary>
    /// The container that stores uploads, one of <c>Sluice:Blob:Containers</c> or <c>Sluice:Blob:Aliases</c>. The default is the first of
    /// <c>Containers</c>; without any, the only alias.
    /// </summary>
    public string? Container { get; set; }

    /// <summary>
    /// The blob's name, with placeholders in braces: <c>{id}</c> (the upload's own, 32 hex digits), <c>{filename}</c> (the client's file
    /// name; any character that could start a new part of the name becomes <c>_</c>; <c>file</c> if the client gives no name),
    /// <c>{date:FORMAT}</c> (when the upload was created, in UTC, in a .NET custom format), <c>{caller:id}</c> and
    /// <c>{claim:NAME}</c> (of the caller who creates it). The default is <c>{id}/{filename}</c>. Without
    /// <c>{id}</c>, two uploads can have the same name: the first one to complete then ends the other.
    /// </summary>
    public string Name { get; set; } = "{id}/{filename}";

    /// <summary>Whether an upload may replace an existing blob of the same name. The default is false.</summary>
    public bool Overwrite { get; set; }

    /// <summary>
    /// Whether any caller who knows an upload's URL may continue, inspect and cancel it. The default is false: an upload of an identified
    /// caller (a named key, a token, a principal) belongs to this caller, and to others its URL does not exist (404). An upload of a caller
    /// that is known by its address only belongs to whoever has its URL, in either case.
    /// </summary>
    public bool AnyCaller { get; set; }

    /// <summary>How long an unfinished upload can be resumed. The default is 6 days: storage deletes uncommitted blocks after 7.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "6.23:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(6);

    /// <summary>
    /// The largest upload, in bytes. The default is null: the largest size that is possible with blocks that fit in memory, and at most
    /// <c>Sluice:Body:MaxBytes</c>.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long? MaxBytes { get; set; }

    /// <summary>
    /// How long one request may send bytes before it is answered with the offset reached so far. The default is 200 seconds: Azure's front
    /// end gives up after 230.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxAppendDuration { get; set; } = TimeSpan.FromSeconds(200);

    /// <summary>
    /// The maximum number of bytes that a client is asked to send in one request (<c>Upload-Limit: max-append-size</c>). The default is
    /// none, but on Azure Functions 16 MiB: the Functions host buffers a body that declares its length in its own memory. Larger requests
    /// are still accepted. It is also the size of the chunks that Azure Logic Apps is asked to send (<c>x-ms-chunk-size</c>): at least
    /// 1 MiB, at most 50 MiB, and 16 MiB by default.
    /// </summary>
    [Range(64 * 1024, long.MaxValue)]
    public long? MaxAppendBytes { get; set; }

    /// <summary>
    /// Whether clients of Resumable Uploads for HTTP are sent 104 (Upload Resumption Supported) while they are still sending, which is
    /// possible over HTTP/1.1 on Sluice.Server. The default is true. Set it to false behind a proxy that fails at such a response; a
    /// request that brings a complete upload can then not be resumed.
    /// </summary>
    public bool InterimResponses { get; set; } = true;

    /// <summary>
    /// How long a request of such a client takes before the offset that it has reached is reported (<c>Upload-Offset</c> in 104), if it has
    /// moved. It is reported again after 4 and 16 times as long, and not more often, because HTTP clients give up after a few interim
    /// responses. Each report costs one request to storage (Get Block List). The default is 30 seconds; 0 switches it off.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The origins of web pages of other sites that may upload (<c>https://app.example.com</c>), or <c>*</c>. The default is none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];
}
