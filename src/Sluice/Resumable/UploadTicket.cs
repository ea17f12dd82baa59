using System.Buffers.Binary;
using Sluice.Digests;
using Sluice.Rights;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.Resumable;

/// <summary>
/// Everything that is known of a resumable upload when it is created. It travels in the upload's URL, sealed, and is stored nowhere.
/// </summary>
internal sealed record UploadTicket
{
    /// <summary>A random id: of the upload, of its blocks, and of the resulting blob.</summary>
    public required Guid Id { get; init; }

    /// <summary>The blob that it becomes.</summary>
    public required BlobTarget Target { get; init; }

    /// <summary>
    /// How long the unfinished upload can be resumed. Storage drops uncommitted blocks a week after the last of them came.
    /// </summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>The protocol by which it was created.</summary>
    public UploadDialect Dialect { get; init; }

    /// <summary>Its length in bytes, if it was declared by then.</summary>
    public long? Length { get; init; }

    /// <summary>Whether to create the blob only if it does not exist yet.</summary>
    public bool CreateOnly { get; init; }

    /// <summary>The entity tag of the only blob that it may replace, quotes included; <c>*</c> for any. Null: it need not exist.</summary>
    public string? IfMatch { get; init; }

    /// <summary>When the blob may be written.</summary>
    public WriteCondition Condition => new(IfMatch, CreateOnly ? "*" : null);

    /// <summary>Its largest size in bytes, if the app's own code restricts it further than the settings.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>
    /// The caller who created it, and the only one who may continue it; null: its URL is enough. As in <see cref="Callers.Caller.Share"/>.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>The id of the owner, without its kind; null if nobody owns it.</summary>
    public string? OwnerId => Owner?[(Owner.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>
    /// The id of who sends the request at hand; null if only an address is known. It is not part of the URL, and may not be the owner.
    /// </summary>
    public string? Sender { get; init; }

    /// <summary>The rights of the request at hand. They are not part of the URL: each request has its own.</summary>
    public Grant Grant { get; init; } = Grant.All;

    /// <summary>What is stored beside its bytes.</summary>
    public BlobProperties Properties { get; init; } = new();

    /// <summary>The declared SHA-256 of the whole upload; null for none.</summary>
    public Digest? Sha256 { get; init; }

    /// <summary>For tus: <c>Upload-Metadata</c> as it came, which is returned on request.</summary>
    public string? Metadata { get; init; }

    /// <summary>For tus: whether it is a part, or made of parts.</summary>
    public UploadRole Role { get; init; }

    /// <summary>Identifies the upload in the ids of its blocks.</summary>
    public ulong ChainId
    {
        get
        {
            Span<byte> id = stackalloc byte[16];
            Id.TryWriteBytes(id);
            return BinaryPrimitives.ReadUInt64BigEndian(id);
        }
    }

    /// <summary>Where it comes from.</summary>
    public UploadOrigin Origin => new(UploadKind.Resumable) { DeclaredMediaType = Properties.ContentType, Caller = OwnerId };

    /// <summary>What others are told of it. The name of a part means nothing to them.</summary>
    public UploadNote Note => new(Id, Origin)
    {
        Target = Role == UploadRole.Part ? null : Target,
        Length = Length,
        Metadata = Properties.Metadata,
    };

    /// <summary>Its length, whenever it was declared; null until then.</summary>
    public long? LengthIn(ChainState state) => Length ?? state.Length;

    /// <summary>Whether it is complete at that offset. In <see cref="UploadDialect.Http"/> only its client can say so.</summary>
    public bool IsWhole(long offset, long? length) =>
        Dialect != UploadDialect.Http && Role != UploadRole.Part && offset == length;

    /// <inheritdoc/>
    public override string ToString() => Target.ToString();
}
