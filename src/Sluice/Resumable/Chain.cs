namespace Sluice.Resumable;

/// <summary>
/// The combined state of the uncommitted blocks of one upload. Each writer names the writer that it continues from, and the offset from
/// which its own bytes count. The newest writer that did so decides, so earlier ones can add nothing any more:
/// <code>
///   epoch 1   [0 ............ 40)                     closed
///   epoch 2                  [40 ........ 70) [70 ... 90)   its last block came after epoch 3 had looked: it does not count
///   epoch 3                               [70 ............ 120)
///                                                          ^ the offset: the end of what hangs together, never a sum
/// </code>
/// The ids may be added in any order that storage lists them in. Its size grows only with the number of writers.
/// </summary>
internal sealed class Chain(ulong upload)
{
    private readonly Dictionary<ulong, Epoch> _epochs = [];
    private Epoch? _newest;
    private Epoch? _top;
    private bool _cancelled;

    /// <summary>How many uncommitted blocks the blob name has, whichever uploads they belong to.</summary>
    public int Uncommitted { get; private set; }

    /// <summary>Adds another block of the list; null for one that does not belong to a resumable upload.</summary>
    public void Add(ChainBlock? listed)
    {
        Uncommitted++;
        if (listed is not { } block || block.Upload != upload)
        {
            return;
        }

        if (!_epochs.TryGetValue(block.Epoch, out var epoch))
        {
            _epochs.Add(block.Epoch, epoch = new Epoch(block.Epoch));
        }

        epoch.Add(block);
        _cancelled |= block.Kind == ChainBlockKind.Cancel;
        _newest = _newest is null || epoch.Number > _newest.Number ? epoch : _newest;
        if (epoch.IsLinked && (_top is null || epoch.Number > _top.Number))
        {
            _top = epoch;
        }
    }

    /// <summary>The resulting state; null if there is no such upload, or not any more.</summary>
    public ChainState? Resolve()
    {
        var path = Path();
        if (!path.TryPeek(out var first) || first.Epoch.Parent != 0)
        {
            // The commit has removed all blocks. A slow writer has added some since, which continue from nothing.
            return null;
        }

        var (offset, blocks, isTorn) = (0L, 0, false);
        var length = default(long?);
        var digest = default(byte[]);
        var spans = new List<ChainSpan>();
        foreach (var (epoch, limit) in path)
        {
            length ??= epoch.Length;
            isTorn |= epoch.IsShort;
            if (epoch.Base != offset)
            {
                // A writer links at the offset where the previous one ended.
                isTorn = true;
                break;
            }

            var reach = epoch.Reach(limit);
            digest = reach.End > offset ? epoch.Digest(reach.End) : digest;
            spans.Add(new ChainSpan(epoch.Number, offset, reach.End));
            (offset, blocks) = (reach.End, blocks + reach.Blocks);
        }

        return new ChainState(
            offset, blocks, Uncommitted, length, _newest!.Number, _top!.Number,
            _newest == _top && _top.IsClosed, _top.CommitsAt, _cancelled, spans, digest)
        { IsTorn = isTorn };
    }

    // From the first writer on, each with the offset from which the next one counts. A writer continues from an older one. A link that says
    // otherwise was not written by Sluice, and following it might never end.
    private Stack<(Epoch Epoch, long Limit)> Path()
    {
        var path = new Stack<(Epoch, long)>();
        for (var (epoch, limit) = (_top, long.MaxValue);
            epoch is { IsLinked: true };
            (limit, epoch) = (epoch.Base, epoch.Parent < epoch.Number ? _epochs.GetValueOrDefault(epoch.Parent) : null))
        {
            path.Push((epoch, limit));
        }

        return path;
    }
}
