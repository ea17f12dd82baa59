namespace Sluice.Resumable;

/// <summary>Which bytes of one writer are there, as runs that touch nowhere: few, however many blocks there are.</summary>
internal sealed class Runs
{
    private readonly List<(long Start, long End, int Blocks)> _runs = [];

    /// <summary>Adds a block. Blocks of one writer never overlap.</summary>
    public void Add(long start, long end)
    {
        // Blocks come mostly in their order: the last run is the one that grows.
        var after = _runs.Count;
        while (after > 0 && _runs[after - 1].Start > start)
        {
            after--;
        }

        var run = (Start: start, End: end, Blocks: 1);
        if (after > 0 && _runs[after - 1] is var before && before.End == start)
        {
            run = (before.Start, end, before.Blocks + 1);
            _runs.RemoveAt(--after);
        }

        if (after < _runs.Count && _runs[after] is var next && next.Start == end)
        {
            run = (run.Start, next.End, run.Blocks + next.Blocks);
            _runs.RemoveAt(after);
        }

        _runs.Insert(after, run);
    }

    /// <summary>How far the bytes go on from there, and in how many blocks.</summary>
    public (long End, int Blocks) From(long start)
    {
        foreach (var run in _runs)
        {
            if (run.Start == start)
            {
                return (run.End, run.Blocks);
            }
        }

        return (start, 0);
    }
}
