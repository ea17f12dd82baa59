using CsCheck;
using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>What is known of the blocks of one writer, against a list of all of them.</summary>
public sealed class RunsTests
{
    // Blocks of a few bytes each, one after the other; some of them never arrived; in any order.
    private static readonly Gen<(long Start, long End)[]> Blocks = Gen.Select(
        Gen.Int[1, 5].Array[0, 24], Gen.Long[0, 1L << 40], Gen.Int[0, int.MaxValue], static (lengths, start, seed) =>
    {
        var random = new Random(seed);
        var blocks = new List<(long, long)>();
        foreach (var length in lengths)
        {
            blocks.Add((start, start + length));
            start += length;
        }

        var arrived = blocks.Where(_ => random.Next(8) > 0).ToArray();
        random.Shuffle(arrived);
        return arrived;
    });

    [Fact]
    public void They_go_as_far_as_blocks_that_touch_whatever_order_they_came_in() => Blocks.Sample(static blocks =>
    {
        var runs = new Runs();
        foreach (var (start, end) in blocks)
        {
            runs.Add(start, end);
        }

        foreach (var start in blocks.SelectMany(static block => (long[])[block.Start, block.End, block.Start - 1, block.Start + 1]))
        {
            // Asked for are only places where a writer went on: a block begins there and none ends there, or there is nothing.
            if (Array.Exists(blocks, block => block.End == start || (block.Start < start && start < block.End)))
            {
                continue;
            }

            Assert.Equal(Naive(blocks, start), runs.From(start));
        }
    });

    [Fact]
    public void Half_a_million_blocks_in_the_order_of_their_writing_take_no_time_and_no_room()
    {
        var runs = new Runs();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var block = 0; block < 500_000; block++)
        {
            runs.Add(block * 65_536L, (block + 1) * 65_536L);
        }

        Assert.Equal((500_000 * 65_536L, 500_000), runs.From(0));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    // Nobody waits for the end of this where each block is put in its place among all the others: a million of them are 10^12 steps.
    [Fact]
    public void A_million_blocks_from_behind_that_touch_nowhere_until_the_others_come_are_not_put_in_their_places_one_by_one()
    {
        const int Blocks = 2_000_000;
        var runs = new Runs();

        for (var first = 1; first >= 0; first--)
        {
            for (var block = Blocks - 2 + first; block >= 0; block -= 2)
            {
                runs.Add(block, block + 1);
            }
        }

        Assert.Equal((Blocks, Blocks), runs.From(0));
    }

    private static (long End, int Blocks) Naive((long Start, long End)[] blocks, long start)
    {
        var count = 0;
        while (Array.Find(blocks, block => block.Start == start) is { End: > 0 } next)
        {
            (start, count) = (next.End, count + 1);
        }

        return (start, count);
    }
}
