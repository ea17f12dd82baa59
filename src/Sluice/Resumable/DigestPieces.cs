using System.Buffers.Binary;

namespace Sluice.Resumable;

/// <summary>
/// The state of a digest (<see cref="ResumableSha256"/>) in pieces that fit into block ids: 14 bytes each, at most 7 of them.
/// </summary>
internal sealed class DigestPieces
{
    private const int PieceBytes = 14;

    private readonly SortedList<byte, byte[]> _pieces = [];

    /// <summary>Splits a state into pieces.</summary>
    public static IEnumerable<ChainBlock> Cut(ulong upload, ulong epoch, byte[] state) => state.Chunk(PieceBytes).Select((piece, index) =>
    {
        Span<byte> padded = stackalloc byte[PieceBytes + sizeof(ushort)];
        padded.Clear();
        piece.CopyTo(padded);
        return new ChainBlock(
            upload,
            epoch,
            ChainBlockKind.Digest,
            BinaryPrimitives.ReadInt64BigEndian(padded),
            BinaryPrimitives.ReadInt64BigEndian(padded[sizeof(long)..]) >>> 16,
            (ChainBlockFlags)index);
    });

    /// <summary>Adds a piece.</summary>
    public void Add(ChainBlock block)
    {
        var piece = new byte[PieceBytes + sizeof(ushort)];
        BinaryPrimitives.WriteInt64BigEndian(piece, block.First);
        BinaryPrimitives.WriteInt64BigEndian(piece.AsSpan(sizeof(long)), block.Second << 16);
        _pieces[(byte)block.Flags] = piece[..PieceBytes];
    }

    /// <summary>The state after this many bytes; null if pieces are missing.</summary>
    public byte[]? Whole(long bytes)
    {
        var length = ResumableSha256.SavedBytes(bytes);
        return _pieces.Count * PieceBytes >= length ? [.. _pieces.Values.SelectMany(static piece => piece).Take(length)] : null;
    }
}
