using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>The blocks of one writer, as a test makes them up.</summary>
internal sealed class Writer(ulong epoch)
{
    public const ulong Upload = 0x0123_4567_89ab_cdef;

    private readonly List<ChainBlock> _blocks = [Block(epoch, ChainBlockKind.Open)];

    public IReadOnlyList<ChainBlock> Blocks => _blocks;

    /// <summary>All blocks of all of them.</summary>
    public static List<ChainBlock> All(params Writer[] writers) => [.. writers.SelectMany(static writer => writer.Blocks)];

    /// <summary>What the blocks say together, listed in that order.</summary>
    public static ChainState? Resolve(IEnumerable<ChainBlock> blocks, ulong upload = Upload)
    {
        var chain = new Chain(upload);
        foreach (var block in blocks)
        {
            chain.Add(block);
        }

        return chain.Resolve();
    }

    public static ChainState? Resolve(params Writer[] writers) => Resolve(All(writers));

    public Writer Link(ulong parent, long at, ChainBlockFlags flags = ChainBlockFlags.None) =>
        Says(Block(epoch, ChainBlockKind.Link, (long)parent, at, flags));

    public Writer Length(long length) => Says(Block(epoch, ChainBlockKind.Length, length));

    /// <summary>Bytes, in one block for each pair of neighbours.</summary>
    public Writer Data(params long[] ends)
    {
        foreach (var (start, end) in ends.Zip(ends.Skip(1)))
        {
            Says(Block(epoch, ChainBlockKind.Data, start, end));
        }

        return this;
    }

    public Writer Open() => Says(Block(epoch, ChainBlockKind.Open));

    public Writer Close(long end = 0) => Says(Block(epoch, ChainBlockKind.Close, 0, end));

    public Writer Commits(DateTimeOffset at) => Says(Block(epoch, ChainBlockKind.Close, at.ToUnixTimeSeconds(), 0, ChainBlockFlags.Commit));

    public Writer Cancel() => Says(Block(epoch, ChainBlockKind.Cancel));

    private Writer Says(ChainBlock block)
    {
        _blocks.Add(block);
        return this;
    }

    private static ChainBlock Block(
        ulong epoch, ChainBlockKind kind, long first = 0, long second = 0, ChainBlockFlags flags = ChainBlockFlags.None) =>
        new(Upload, epoch, kind, first, second, flags);
}
