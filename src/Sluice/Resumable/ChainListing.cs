using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>Makes a <see cref="Chain"/> of a list, and keeps its data blocks where somebody wants to commit them.</summary>
internal sealed class ChainListing(ulong upload, bool keepData) : IBlockListListener
{
    private readonly List<ChainBlock> _data = [];

    /// <summary>What the blocks say.</summary>
    public Chain Chain { get; } = new(upload);

    /// <summary>The blob that is there is made of blocks of this upload: it is complete, whatever has come late and is listed beside them.</summary>
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

    /// <summary>The blocks that the upload is made of, in their order.</summary>
    public List<ChainBlock> BlocksOf(ChainState state)
    {
        var spans = state.Spans.ToDictionary(static span => span.Epoch);
        _data.RemoveAll(block => !spans.TryGetValue(block.Epoch, out var span) || !span.Has(block));
        _data.Sort(static (one, other) => one.First.CompareTo(other.First));
        return _data;
    }
}
