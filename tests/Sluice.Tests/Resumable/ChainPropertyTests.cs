using CsCheck;
using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>Uploads of many writers, of which each adds to what the one before it has, and some are overtaken.</summary>
public sealed class ChainPropertyTests
{
    private static readonly Gen<History> Any = Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 12], History.Of);

    [Fact]
    public void The_offset_is_where_the_newest_writer_ends_and_every_byte_before_has_one_writer() => Any.Sample(static history =>
    {
        var state = Writer.Resolve(history.Blocks);

        Assert.Equal(history.Offset, state!.Offset);
        Assert.Equal(history.Spans, state.Spans.Where(static span => span.End > span.Start));
        Assert.Equal(history.Blocks.Count, state.Uncommitted);
    });

    [Fact]
    public void The_order_of_the_list_makes_no_difference() => Gen.Select(Any, Gen.Int[0, int.MaxValue]).Sample(static (history, seed) =>
    {
        ChainBlock[] shuffled = [.. history.Blocks];
        new Random(seed).Shuffle(shuffled);

        var (one, other) = (Writer.Resolve(history.Blocks)!, Writer.Resolve(shuffled)!);

        Assert.Equal(one.Spans, other.Spans);
        Assert.Equal(one with { Spans = [] }, other with { Spans = [] });
    });

    [Fact]
    public void Blocks_of_other_uploads_and_of_plain_ones_make_no_difference() =>
        Gen.Select(Any, Any, Gen.ULong).Sample(static (history, others, upload) =>
        {
            var foreign = upload == Writer.Upload ? upload + 1 : upload;
            var (alone, among) = (new Chain(Writer.Upload), new Chain(Writer.Upload));
            foreach (var (mine, other) in history.Blocks.Select(static block => (ChainBlock?)block)
                .Zip(others.Blocks.Concat(Enumerable.Repeat(default(ChainBlock), 200))))
            {
                alone.Add(mine);
                among.Add(other.Epoch == 0 ? null : other with { Upload = foreign });
                among.Add(mine);
            }

            var (one, other2) = (alone.Resolve()!, among.Resolve()!);

            Assert.Equal(one.Spans, other2.Spans);
            Assert.Equal(one with { Spans = [], Uncommitted = 0 }, other2 with { Spans = [], Uncommitted = 0 });
        });

    [Fact]
    public void What_is_committed_is_each_byte_once_in_its_order() =>
        Gen.Select(Any, Gen.Int[0, int.MaxValue]).Sample(static (history, seed) =>
        {
            ChainBlock[] shuffled = [.. history.Blocks];
            new Random(seed).Shuffle(shuffled);
            var listing = new ChainListing(Writer.Upload, keepData: true);
            foreach (var block in shuffled)
            {
                listing.Block(System.Text.Encoding.ASCII.GetBytes(block.ToBase64()), isCommitted: false);
            }

            var at = 0L;
            foreach (var block in listing.BlocksOf(listing.Chain.Resolve()!))
            {
                Assert.Equal(at, block.First);
                at = block.Second;
            }

            Assert.Equal(history.Offset, at);
        });
}
