using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>Builds a <see cref="Chain"/> from a block list, and keeps its data blocks if they are needed for a commit.</summary>
internal sealed class ChainListing(ulong upload, bool keepData) : IBlockListListener
{
    private readonly List<ChainBlock> _data = [];

    /// <summary>The state that the blocks describe.</summary>
    public Chain Chain { get; } = new(upload);

    /// <summary>
    /// Whether the stored blob is made of blocks of this upload: then the upload is complete, even if late blocks are listed beside it.
    /// </summary>
    public bool IsCommitted { get; private set; }

    /// <summary>Storage's clock.</summary>
    public DateTimeOffset Now { get; private set; }

    public void Block(ReadOnlySpan<byte> name, bool isCommitted)
    {
        var known = ChainBlock.TryRead(name, out var block);
        if (isCommitted)
        {
            IsCommitted |= known && block.Upload == upload;
            return;
        }

        Chain.Add(known ? block : null);
        if (keepData && known && block.Kind == ChainBlockKind.Data && block.Upload == upload)
        {
            _data.Add(block);
        }
    }

    public void Ended(DateTimeOffset now) => Now = now;

    /// <summary>The blocks that make up the upload, in order.</summary>
    public List<ChainBlock> BlocksOf(ChainState state)
    {
        var spans = state.Spans.ToDictionary(static span => span.Epoch);
        _data.RemoveAll(block => !spans.TryGetValue(block.Epoch, out var span) || !span.Has(block));
        _data.Sort(static (one, other) => one.First.CompareTo(other.First));
        return _data;
    }
}
