using System.Globalization;

namespace Sluice.Tests.Fuzz;

/// <summary>
/// Finds parsers whose time or memory grows faster than their input: pieces of inputs are repeated, and one with eight times as many may
/// cost a little more than eight times as much. Time is the processor's, which a machine under load does not change; the best of several
/// measurements counts, and what looks too slow is measured again.
/// </summary>
internal sealed class Growth(FuzzTarget target, Random random)
{
    private const int Factor = 8;
    private const int SmallCharacters = 2_000;

    // How much more than in proportion. A quadratic parser takes eight times as much.
    private const double MaxTime = 3;
    private const double MaxMemory = 2;

    // Below these nobody is hurt, and measurements say nothing.
    private static readonly TimeSpan _noticed = TimeSpan.FromMilliseconds(2);
    private const long NoticedBytes = 512 * 1024;
    private const int Shapes = 60;
    private const int Again = 4;

    public List<(string Input, string Problem)> Problems(IReadOnlyList<string> pool)
    {
        var problems = new List<(string, string)>();
        for (var shape = 0; shape < Shapes && problems.Count == 0; shape++)
        {
            var (host, piece) = (pool[random.Next(pool.Count)], Piece(pool));
            var at = random.Next(host.Length + 1);
            string Of(int characters) =>
                host[..at] + string.Concat(Enumerable.Repeat(piece, Math.Max(1, characters / piece.Length))) + host[at..];
            if (Problem(Of(SmallCharacters), Of(SmallCharacters * Factor)) is { } problem)
            {
                problems.Add((string.Create(CultureInfo.InvariantCulture, $"{host[..at]}({piece})*{host[at..]}"), problem));
            }
        }

        return problems;
    }

    private string Piece(IReadOnlyList<string> pool)
    {
        var piece = random.Next(4) switch
        {
            0 => target.Tokens.Count > 0
                ? target.Tokens[random.Next(target.Tokens.Count)] + target.Tokens[random.Next(target.Tokens.Count)]
                : "",
            1 => Mutator.Edges[random.Next(Mutator.Edges.Count)],
            2 => pool[random.Next(pool.Count)],
            _ => target.Tokens.Count > 0 ? target.Tokens[random.Next(target.Tokens.Count)] : "",
        };
        return piece.Length > 0 ? piece : "a";
    }

    private string? Problem(string small, string large)
    {
        for (var attempt = 0; attempt < Again; attempt++)
        {
            var (one, other) = (Measure(small), Measure(large));
            var longer = large.Length / (double)small.Length;
            var slow = other.Time > _noticed && other.Time > MaxTime * longer * one.Time;
            var greedy = other.Bytes > NoticedBytes && other.Bytes > MaxMemory * longer * Math.Max(one.Bytes, 1);
            if (!slow && !greedy)
            {
                return null;
            }

            if (attempt == Again - 1)
            {
                return greedy
                    ? $"{large.Length} characters allocate {other.Bytes} bytes, and {small.Length} allocate {one.Bytes}"
                    : $"{large.Length} characters take {other.Time.TotalMilliseconds:0.00} ms, "
                        + $"and {small.Length} take {one.Time.TotalMilliseconds:0.000} ms";
            }
        }

        return null;
    }

    private (TimeSpan Time, long Bytes) Measure(string input)
    {
        var (best, bytes) = (TimeSpan.MaxValue, long.MaxValue);
        for (var run = 0; run < 3; run++)
        {
            var (start, before) = (ThreadClock.Now, GC.GetAllocatedBytesForCurrentThread());
            try
            {
                target.Parse(input);
            }
            catch (Exception e) when (target.Declares(e))
            {
                // Refused, after some time.
            }

            var (time, allocated) = (ThreadClock.Now - start, GC.GetAllocatedBytesForCurrentThread() - before);
            (best, bytes) = (time < best ? time : best, Math.Min(bytes, allocated));
        }

        return (best, bytes);
    }
}
