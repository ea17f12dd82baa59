using System.Buffers.Binary;

namespace Sluice.Storage;

/// <summary>
/// Names one block of one upload: a format version, the upload's random id, the block's index. The random part separates two uploads of the
/// same name: neither can name, overwrite or commit a block of the other. All ids have the same length, as Put Block requires within a
/// blob. Ids of resumable uploads have that length too, so neither way of writing a blob blocks the other.
/// </summary>
internal readonly record struct BlockId(Guid Upload, int Index)
{
    /// <summary>The length of every block id, in bytes.</summary>
    public const int Bytes = 33;

    private const byte Version = 1;

    /// <summary>The id as Put Block takes it: base64 of 33 bytes, so 44 characters with no padding.</summary>
    public string ToBase64()
    {
        Span<byte> id = stackalloc byte[Bytes];
        id.Clear();
        id[0] = Version;
        Upload.TryWriteBytes(id[4..20]);
        BinaryPrimitives.WriteInt32BigEndian(id[20..], Index);
        return Convert.ToBase64String(id);
    }
}
