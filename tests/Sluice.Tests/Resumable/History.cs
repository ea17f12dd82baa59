using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>An upload as its writers have left it, and what should be read of it.</summary>
/// <param name="Blocks">All of its blocks.</param>
/// <param name="Offset">Where it goes on.</param>
/// <param name="Spans">Who has written it.</param>
internal sealed record History(IReadOnlyList<ChainBlock> Blocks, long Offset, IReadOnlyList<ChainSpan> Spans)
{
    public static History Of(int seed, int writers)
    {
        var random = new Random(seed);
        var blocks = new List<ChainBlock>(new Writer(1).Link(0, 0, ChainBlockFlags.Fence).Blocks);
        var spans = new List<ChainSpan>();
        var (offset, top) = (0L, 1UL);
        for (var epoch = 2UL; epoch < (ulong)writers + 2; epoch++)
        {
            if (random.Next(4) == 0)
            {
                // Linked after a newer one had gone on without it.
                blocks.AddRange(
                    Write(new Writer(epoch), random, top, Math.Max(0, offset - random.Next(9)), random.Next(5), 0, out _).Blocks);
                epoch++;
            }

            // It wrote so many blocks that counted when the next one looked, and some after that.
            var writer = Write(new Writer(epoch), random, top, offset, random.Next(5), random.Next(3), out var end);
            var isLast = epoch + 1 >= (ulong)writers + 2;
            blocks.AddRange(
                isLast ? writer.Blocks.Where(block => block.Kind != ChainBlockKind.Data || block.Second <= end) : writer.Blocks);
            if (end > offset)
            {
                spans.Add(new ChainSpan(epoch, offset, end));
            }

            (offset, top) = (end, epoch);
        }

        return new History(blocks, offset, spans);
    }

    private static Writer Write(Writer writer, Random random, ulong parent, long start, int count, int late, out long end)
    {
        var held = random.Next(4) == 0;
        writer.Link(parent, start, held ? ChainBlockFlags.Held : ChainBlockFlags.None);
        end = start;
        for (var block = 0; block < count + late; block++)
        {
            var next = start + random.Next(1, 100);
            writer.Data(start, next);
            start = next;
            end = block < count ? next : end;
        }

        return held || random.Next(2) == 0 ? writer.Close() : writer;
    }
}
