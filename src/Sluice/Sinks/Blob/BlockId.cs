using System.Buffers.Binary;

namespace Sluice.Sinks.Blob;

/// <summary>
/// Names one block of one upload: a format version, the upload's random id, the block's index. The random part keeps two uploads of one
/// name apart: neither can name, overwrite or commit a block of the other. All ids have one length, as Put Block wants within a blob.
/// </summary>
internal readonly record struct BlockId(Guid Upload, int Index)
{
    private const byte Version = 1;
    private const int Bytes = 24;

    /// <summary>The id as Put Block takes it: base64 of 24 bytes, so 32 characters with no padding.</summary>
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
