using System.Buffers.Binary;
using Sluice.Digests;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>All that is known of a resumable upload when it is created. It travels in its URL, sealed, and is kept nowhere.</summary>
internal sealed record UploadTicket
{
    /// <summary>A random id: of the upload, of its blocks, and of the blob that comes of it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The blob that it becomes.</summary>
    public required BlobTarget Target { get; init; }

    /// <summary>Until when it can be gone on with. Storage drops uncommitted blocks a week after the last of them came.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>Which protocol it was created by.</summary>
    public UploadDialect Dialect { get; init; }

    /// <summary>Its length in bytes, if it was declared by then.</summary>
    public long? Length { get; init; }

    /// <summary>Only if there is no such blob yet.</summary>
    public bool CreateOnly { get; init; }

    /// <summary>What is stored beside its bytes.</summary>
    public BlobProperties Properties { get; init; } = new();

    /// <summary>The SHA-256 that was declared of all of it; null for none.</summary>
    public Digest? Sha256 { get; init; }

    /// <summary>Of tus: <c>Upload-Metadata</c> as it came, which is told again to whoever asks.</summary>
    public string? Metadata { get; init; }

    /// <summary>Of tus: whether it is a part, or made of parts.</summary>
    public UploadRole Role { get; init; }

    /// <summary>Names the upload in the ids of its blocks.</summary>
    public ulong ChainId
    {
        get
        {
            Span<byte> id = stackalloc byte[16];
            Id.TryWriteBytes(id);
            return BinaryPrimitives.ReadUInt64BigEndian(id);
        }
    }

    /// <summary>Its length, whenever that was declared; null as long as it was not.</summary>
    public long? LengthIn(ChainState state) => Length ?? state.Length;

    /// <inheritdoc/>
    public override string ToString() => Target.ToString();
}
