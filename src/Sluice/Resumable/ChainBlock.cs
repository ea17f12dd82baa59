using System.Buffers.Binary;
using System.Buffers.Text;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>
/// One uncommitted block of a resumable upload. Its id carries all its information: uncommitted blocks can't be read, but they can be
/// listed.
/// <code>
/// version  upload   epoch    kind  flags  first    second
/// 1        8        8        1     1      8        6       = 33 bytes, big-endian, so that they sort as they were written
/// </code>
/// </summary>
/// <param name="Upload">The first half of the upload's random id: other uploads of the same name have other blocks.</param>
/// <param name="Epoch">The writer: one append, or one query. A later one has a higher number.</param>
/// <param name="Kind">The kind of block.</param>
/// <param name="First">
/// Of data: where it begins. Of a link: the epoch that it follows. Of a length: the length. Of a digest: 8 bytes of its state. Of a close
/// with <see cref="ChainBlockFlags.Commit"/>: the time, in Unix seconds of storage's clock.
/// </param>
/// <param name="Second">
/// Of data: where it ends. Of a link: the offset from which it counts. Of a digest: 6 more bytes. Of a close: where the writer's bytes end.
/// </param>
/// <param name="Flags">Additional information. Of a digest: which piece it is.</param>
internal readonly record struct ChainBlock(
    ulong Upload, ulong Epoch, ChainBlockKind Kind, long First = 0, long Second = 0, ChainBlockFlags Flags = ChainBlockFlags.None)
{
    private const byte Version = 2;

    // DateTimeOffset.MaxValue.
    private const long LastSecond = 253_402_300_799;

    /// <summary>The id as Put Block takes it.</summary>
    public string ToBase64()
    {
        Span<byte> id = stackalloc byte[BlockId.Bytes];
        Span<byte> second = stackalloc byte[sizeof(long)];
        id[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(id[1..], Upload);
        BinaryPrimitives.WriteUInt64BigEndian(id[9..], Epoch);
        id[17] = (byte)Kind;
        id[18] = (byte)Flags;
        BinaryPrimitives.WriteInt64BigEndian(id[19..], First);
        BinaryPrimitives.WriteInt64BigEndian(second, Second);
        second[2..].CopyTo(id[27..]);
        return Convert.ToBase64String(id);
    }

    /// <summary>Reads an id; false if it does not belong to a resumable upload.</summary>
    public static bool TryRead(ReadOnlySpan<byte> base64, out ChainBlock block)
    {
        Span<byte> id = stackalloc byte[BlockId.Bytes];
        block = default;
        if (base64.Length != BlockId.Bytes / 3 * 4
            || Base64.DecodeFromUtf8(base64, id, out _, out var bytes) != System.Buffers.OperationStatus.Done
            || bytes != BlockId.Bytes
            || id[0] != Version)
        {
            return false;
        }

        Span<byte> second = stackalloc byte[sizeof(long)];
        second.Clear();
        id[27..].CopyTo(second[2..]);
        var read = new ChainBlock(
            BinaryPrimitives.ReadUInt64BigEndian(id[1..]),
            BinaryPrimitives.ReadUInt64BigEndian(id[9..]),
            (ChainBlockKind)id[17],
            BinaryPrimitives.ReadInt64BigEndian(id[19..]),
            BinaryPrimitives.ReadInt64BigEndian(second),
            (ChainBlockFlags)id[18]);
        block = read.IsPossible ? read : default;
        return read.IsPossible;
    }

    // Rules out what no writer can have meant: bytes before the first, or that end before they begin; a time that no clock shows.
    private bool IsPossible => Kind switch
    {
        ChainBlockKind.Data => First >= 0 && First <= Second,
        ChainBlockKind.Length => First >= 0,
        ChainBlockKind.Close => First is >= 0 and <= LastSecond,
        _ => true,
    };
}
