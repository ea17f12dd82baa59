namespace Sluice.Resumable;

/// <summary>Which bytes of one writer are stored, as runs that do not touch each other: few, however many blocks there are.</summary>
internal sealed class Runs
{
    // So few that their memory is negligible, even for many writers.
    private const int LeastToJoin = 8;

    private readonly List<(long Start, long End, int Blocks)> _runs = [];
    private int _joinAt = LeastToJoin;

    /// <summary>Adds a block. Blocks of one writer never overlap.</summary>
    public void Add(long start, long end)
    {
        // Blocks come mostly in order: usually the last run grows.
        if (_runs.Count > 0 && _runs[^1] is var last && last.End == start)
        {
            _runs[^1] = (last.Start, end, last.Blocks + 1);
            return;
        }

        // Others are sorted only when there are twice as many as after the last time: inserted one by one, each would move all that are
        // behind it.
        if (_runs.Count == _joinAt)
        {
            Join();
            _joinAt = Math.Max(LeastToJoin, 2 * _runs.Count);
        }

        _runs.Add((start, end, 1));
    }

    /// <summary>How far the bytes continue from there, and in how many blocks.</summary>
    public (long End, int Blocks) From(long start)
    {
        Join();
        foreach (var run in _runs)
        {
            if (run.Start == start)
            {
                return (run.End, run.Blocks);
            }
        }

        return (start, 0);
    }

    private void Join()
    {
        _runs.Sort();
        var joined = 0;
        for (var i = 0; i < _runs.Count; i++)
        {
            var run = _runs[i];
            if (joined > 0 && _runs[joined - 1] is var before && before.End == run.Start)
            {
                _runs[joined - 1] = (before.Start, run.End, before.Blocks + run.Blocks);
            }
            else
            {
                _runs[joined++] = run;
            }
        }

        _runs.RemoveRange(joined, _runs.Count - joined);
    }
}
