using System.Runtime.InteropServices;
using Sluice.Digests;

namespace Sluice.Body;

/// <summary>
/// Runs the checks of a body in the background: piece n is hashed on one core while piece n + 1 is received on another. Bytes are processed
/// in order, by one thread at a time, and never copied: the reader of the body must not change its memory until <see cref="WhenDone"/>
/// completes.
/// <code>
/// reader   ──► piece ──► piece ──► piece ──►          goes on
///                └─ 256 KiB together ─┘
/// checks             piece ► piece ► piece            on the thread pool
/// </code>
/// </summary>
internal sealed class LateChecks(IBodyCheck[] checks)
{
    // The least that is worth waking another thread for.
    private const int BatchBytes = 256 * 1024;

    private readonly Lock _gate = new();
    private List<ReadOnlyMemory<byte>> _pieces = [];
    private long _waiting;
    private Task _done = Task.CompletedTask;

    /// <summary>Accepts the next bytes, which must not change until <see cref="WhenDone"/> completes.</summary>
    public void Append(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            Add(bytes);
            _waiting += bytes.Length;
            if (_waiting >= BatchBytes)
            {
                Start();
            }
        }
    }

    /// <summary>Completes when the checks have processed everything that was appended.</summary>
    public Task WhenDone()
    {
        lock (_gate)
        {
            Start();
            return _done;
        }
    }

    /// <summary>
    /// Processes the rest on this thread if no background work is active, because it is the last: a small body is not worth another thread.
    /// </summary>
    public async ValueTask EndAsync()
    {
        Task before;
        List<ReadOnlyMemory<byte>> rest;
        lock (_gate)
        {
            (before, rest) = (_done, Take());
        }

        await before;
        Look(rest);
    }

    // Consecutive reads into one segment are adjacent in memory: checks get them in one piece.
    private void Add(ReadOnlyMemory<byte> bytes)
    {
        if (_pieces.Count > 0
            && MemoryMarshal.TryGetArray(_pieces[^1], out var last) && MemoryMarshal.TryGetArray(bytes, out var next)
            && last.Array == next.Array && last.Offset + last.Count == next.Offset)
        {
            _pieces[^1] = new ReadOnlyMemory<byte>(last.Array, last.Offset, last.Count + next.Count);
        }
        else
        {
            _pieces.Add(bytes);
        }
    }

    private void Start()
    {
        if (_pieces.Count > 0)
        {
            _done = CheckAfterAsync(_done, Take());
        }
    }

    private List<ReadOnlyMemory<byte>> Take()
    {
        var taken = _pieces;
        (_pieces, _waiting) = ([], 0);
        return taken;
    }

    private async Task CheckAfterAsync(Task before, List<ReadOnlyMemory<byte>> pieces)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Look(pieces);
    }

    private void Look(List<ReadOnlyMemory<byte>> pieces)
    {
        foreach (var piece in pieces)
        {
            foreach (var check in checks)
            {
                check.Append(piece.Span);
            }
        }
    }
}
