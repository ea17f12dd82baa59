using Microsoft.Extensions.Time.Testing;
using Sluice.Diagnostics;
using Sluice.Memory;
using Sluice.Tests.Body;
using Sluice.Tests.Diagnostics;

namespace Sluice.Tests.Memory;

public sealed class BlockTests
{
    private const int Segment = BlockPool.SegmentBytes;

    private readonly BlockPool _pool = new(4 * Segment, new FakeTimeProvider(), new SluiceMetrics(new Meters()));

    [Fact]
    public void It_is_filled_across_its_segments_and_read_back_in_pieces()
    {
        var content = ScriptedBody.Content((3 * Segment) - 5);
        using var block = Fill(content, 10_000);

        Assert.Equal(content.Length, block.Length);
        var pieces = new List<byte[]>();
        for (long at = 0; !block.Filled(at).IsEmpty; at += pieces[^1].Length)
        {
            pieces.Add(block.Filled(at).ToArray());
        }

        Assert.Equal([Segment, Segment, Segment - 5], pieces.Select(piece => piece.Length));
        Assert.Equal(content, pieces.SelectMany(piece => piece).ToArray());
    }

    [Theory]
    [InlineData(0, 100, 100)]
    [InlineData(0, Segment, Segment)]
    [InlineData(0, Segment + 1, Segment)]
    [InlineData(Segment - 1, 100, 1)]
    [InlineData(Segment, 100, 100)]
    [InlineData(2 * Segment, 100, 0)]
    public void What_is_free_ends_with_the_segment_and_with_what_is_wanted(int filled, int most, int free)
    {
        var block = _pool.Take(2 * Segment);
        block.Advance(filled);

        Assert.Equal(free, block.Free(most).Length);
    }

    [Theory]
    [InlineData(0, Segment)]
    [InlineData(1, Segment - 1)]
    [InlineData(Segment, 10)]
    [InlineData(Segment + 9, 1)]
    [InlineData(Segment + 10, 0)]
    [InlineData(5 * Segment, 0)]
    public void What_is_filled_ends_with_the_segment_and_with_the_content(int position, int length)
    {
        using var block = Fill(ScriptedBody.Content(Segment + 10));

        Assert.Equal(length, block.Filled(position).Length);
    }

    [Fact]
    public void A_block_that_is_held_twice_goes_back_when_both_let_go()
    {
        var block = Fill(new byte[1]);
        Assert.True(block.TryHold());

        block.Dispose();
        Assert.Equal(Segment, _pool.InUseBytes);
        block.Dispose();

        Assert.Equal(0, _pool.InUseBytes);
        Assert.False(block.TryHold());
    }

    private Block Fill(byte[] content, int most = int.MaxValue)
    {
        var block = _pool.Take(content.Length);
        block.Fill(content, most);
        return block;
    }
}
