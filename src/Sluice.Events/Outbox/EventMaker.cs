using Microsoft.Extensions.Options;
using Sluice.Digests;
using Sluice.Events.Messages;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Events.Outbox;

/// <summary>Makes the event of a stored body, of what the commit says or of what the blob records.</summary>
internal sealed class EventMaker(IOptions<EventOptions> options, IOptions<BlobOptions> blob, BlobClients clients)
{
    // A field can have 32 KiB, of which no message has room for more than one. Storage accepts no such type either.
    private const int LongestMediaType = 1024;

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

    /// <summary>What is known before the commit.</summary>
    public static AnnouncedBody Announce(BlobWrite write) =>
        new(
            write.Id.ToString("N"), write.Target.Container, write.Target.Name,
            write.Origin.DeclaredMediaType?.Length > LongestMediaType ? write.Origin with { DeclaredMediaType = null } : write.Origin);

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
