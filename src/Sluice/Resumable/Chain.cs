namespace Sluice.Resumable;

/// <summary>
/// What the uncommitted blocks of one upload say together. Each writer names the one it goes on from, and from which offset on it counts; the
/// newest that did so decides, and so who came before it can add nothing any more:
/// <code>
///   epoch 1   [0 ............ 40)                     closed
///   epoch 2                  [40 ........ 70) [70 ... 90)   its last block came after epoch 3 had looked: it does not count
///   epoch 3                               [70 ............ 120)
///                                                          ^ the offset: the end of what hangs together, never a sum
/// </code>
/// Fed with ids in whatever order storage lists them in, and as small as the number of writers.
/// </summary>
internal sealed class Chain(ulong upload)
{
    private readonly Dictionary<ulong, Epoch> _epochs = [];
    private Epoch? _newest;
    private Epoch? _top;
    private bool _cancelled;

    /// <summary>How many uncommitted blocks the name has, whoever they belong to.</summary>
    public int Uncommitted { get; private set; }

    /// <summary>Takes another block of the list; null for one that is of no resumable upload.</summary>
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

    /// <summary>What they say; null where there is no such upload, or not any more.</summary>
    public ChainState? Resolve()
    {
        var path = Path();
        if (!path.TryPeek(out var first) || first.Epoch.Parent != 0)
        {
            // The commit has taken all blocks away; a writer that was slow has added some since, which go on from nothing.
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
                // A writer links where the one before it ended.
                isTorn = true;
                break;
            }

            var reach = epoch.Reach(limit);
            digest = reach.End > offset ? epoch.Digest(reach.End) : digest;
            spans.Add(new ChainSpan(epoch.Number, offset, reach.End));
            (offset, blocks) = (reach.End, blocks + reach.Blocks);
        }

        return new ChainState(offset, blocks, Uncommitted, length, _newest!.Number, _top!.Number, _newest == _top && _top.IsClosed, _top.CommitsAt, _cancelled, spans, digest) { IsTorn = isTorn };
    }

    // From the first writer on, each with the offset from which the next one counts. A writer goes on from an older one: what says otherwise was not written
    // here, and following it might never end.
    private Stack<(Epoch Epoch, long Limit)> Path()
    {
        var path = new Stack<(Epoch, long)>();
        for (var (epoch, limit) = (_top, long.MaxValue); epoch is { IsLinked: true }; (limit, epoch) = (epoch.Base, epoch.Parent < epoch.Number ? _epochs.GetValueOrDefault(epoch.Parent) : null))
        {
            path.Push((epoch, limit));
        }

        return path;
    }
}
