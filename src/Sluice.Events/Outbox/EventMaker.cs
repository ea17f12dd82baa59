using Microsoft.Extensions.Options;
using Sluice.Digests;
using Sluice.Events.Messages;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.Events.Outbox;

/// <summary>
/// Makes the events: of a stored body from what the commit says or what the blob records, of an upload from its request.
/// </summary>
internal sealed class EventMaker(IOptions<EventOptions> options, IOptions<BlobOptions> blob, BlobClients clients)
{
    // A field can have 32 KiB, and a refused request may say anything: no message has room for more than one such text. Storage accepts no
    // longer media type or name either.
    private const int LongestText = 1024;

    /// <summary>Whether a container is still open: the settings may have changed since an upload was announced.</summary>
    public bool IsOpen(string container) => blob.Value.Names.Contains(container);

    /// <summary>By the process that committed it.</summary>
    public BlobStoredEvent Of(BlobWrite write, Committed committed, long bytes, IReadOnlyList<Digest> digests) => Make(
        Announce(write), committed.ETag, committed.LastModified, bytes, write.Properties,
        digests.Where(static digest => digest.Algorithm.Metadata is not null)
            .ToDictionary(static digest => digest.Algorithm.Name, static digest => digest.Base64));

    /// <summary>By any other.</summary>
    public BlobStoredEvent Of(AnnouncedBody announced, StoredBlob blob) => Make(
        announced, blob.ETag, blob.LastModified, blob.Length, blob.Properties, blob.Digests);

    /// <summary>Of an upload that is not stored, or not yet.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="upload">The upload.</param>
    /// <param name="time">When it happened.</param>
    /// <param name="complete">Adds what is known of this type.</param>
    public UploadEvent Of(EventType type, UploadNote upload, DateTimeOffset time, Func<UploadData, UploadData> complete)
    {
        var origin = Short(upload.Origin);
        var id = upload.Id.ToString("N");
        // What storage would not take may have any size.
        var metadata = BlobMetadata.Problem(upload.Metadata) is null ? upload.Metadata : new Dictionary<string, string>();
        var data = complete(new UploadData(id, metadata, NameOf(origin.Kind))
        {
            Container = upload.Target is { } target ? Short(target.Container) : null,
            Name = upload.Target is { } blob ? Short(blob.Name) : null,
            Length = upload.Length,
            MediaType = origin.DeclaredMediaType,
            Rule = origin.Rule,
            Source = origin.Source,
            Caller = origin.Caller is { } caller ? Short(caller) : null,
        });
        // Only progress happens more than once.
        var suffix = type == EventType.Progress ? $"{data.Offset}" : type.ToString().ToLowerInvariant();
        return UploadEvent.Of(type, $"{id}-{suffix}", options.Value.Source, time, data);
    }

    /// <summary>What is known before the commit.</summary>
    public static AnnouncedBody Announce(BlobWrite write) =>
        new(write.Id.ToString("N"), write.Target.Container, write.Target.Name, Short(write.Origin));

    private static string Short(string text) => text.Length > LongestText ? text[..LongestText] : text;

    private static UploadOrigin Short(UploadOrigin origin) =>
        origin.DeclaredMediaType?.Length > LongestText ? origin with { DeclaredMediaType = null } : origin;

    private BlobStoredEvent Make(
        AnnouncedBody announced, string etag, DateTimeOffset time, long bytes, BlobProperties properties,
        IReadOnlyDictionary<string, string> digests)
    {
        var origin = announced.Origin;
        var mediaType = new StoredMediaType(properties.ContentType, origin.DeclaredMediaType, origin.SniffedMediaType);
        var address = clients.Address(new BlobTarget(announced.Container, announced.Name));
        var body = new StoredBody(
            address, announced.Container, announced.Name, bytes, etag, mediaType, digests, properties.Metadata, NameOf(origin.Kind))
        {
            Rule = origin.Rule,
            Source = origin.Source,
            Caller = origin.Caller,
        };
        return BlobStoredEvent.Of(announced.Id, options.Value.Source, time, body);
    }

    private static string NameOf(UploadKind kind) => kind switch
    {
        UploadKind.Code => "code",
        UploadKind.Put => "put",
        UploadKind.Form => "form",
        UploadKind.Ingest => "ingest",
        UploadKind.Hook => "hook",
        UploadKind.Relay => "relay",
        UploadKind.Resumable => "resumable",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No kind."),
    };
}
