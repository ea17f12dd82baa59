using Microsoft.Extensions.Time.Testing;
using Sluice.Diagnostics;
using Sluice.Memory;
using Sluice.Tests.Diagnostics;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Memory;

public sealed class BlockPoolTests
{
    private const int Segment = BlockPool.SegmentBytes;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();
    private readonly BlockPool _pool;
    private readonly MemoryAccount _account;

    public BlockPoolTests()
    {
        _pool = new BlockPool(4 * Segment, _time, new SluiceMetrics(new Meters()));
        _account = _pool.Open("somebody");
    }

    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(Segment, 1)]
    [InlineData(Segment + 1, 2)]
    [InlineData(4 * Segment, 4)]
    public void A_block_is_a_whole_number_of_segments(int bytes, int segments)
    {
        Assert.True(_account.TryRent(bytes, out var block));

        Assert.Equal(segments * Segment, block.Capacity);
        Assert.Equal(block.Capacity, _pool.InUseBytes);
        block.Dispose();
        Assert.Equal(0, _pool.InUseBytes);
    }

    [Theory]
    [InlineData(Segment - 1, 0)]
    [InlineData(Segment, Segment)]
    [InlineData((3 * Segment) - 1, 2 * Segment)]
    public void The_budget_is_what_whole_segments_fit_in_it(long bytes, long budget) =>
        Assert.Equal(budget, new BlockPool(bytes, _time, new SluiceMetrics(new Meters())).BudgetBytes);

    [Fact]
    public async Task A_block_larger_than_the_budget_is_refused_at_once()
    {
        Assert.False(_account.TryRent((4 * Segment) + 1, out _));
        Assert.Null(await _account.RentAsync((4 * Segment) + 1, orLess: false, Timeout, Unending));
        Assert.Equal(0, _pool.InUseBytes);
    }

    [Fact]
    public async Task A_block_that_is_free_is_rented_without_waiting()
    {
        var renting = _account.RentAsync(4 * Segment, orLess: false, Timeout, Unending);

        Assert.True(renting.IsCompletedSuccessfully);
        Assert.NotNull(await renting);
    }

    [Fact]
    public async Task Who_waits_gets_what_comes_free()
    {
        var held = Rent(4);
        var waiting = Wait(2);
        Assert.False(waiting.IsCompleted);

        held.Dispose();

        using var block = await waiting.Soon();
        Assert.Equal(2 * Segment, _pool.InUseBytes);
    }

    [Fact]
    public async Task Who_came_first_is_served_first_even_if_it_needs_more()
    {
        var (two, other) = (Rent(2), Rent(2));
        var (large, small) = (Wait(3), Wait(1));

        two.Dispose();
        Assert.Equal(2 * Segment, _pool.InUseBytes);
        other.Dispose();

        Assert.Equal(3 * Segment, (await large.Soon())!.Capacity);
        Assert.Equal(Segment, (await small.Soon())!.Capacity);
    }

    [Fact]
    public async Task Nobody_overtakes_who_waits()
    {
        using var held = Rent(3);
        var waiting = Wait(2);

        Assert.False(_account.TryRent(1, out _));
        Assert.False(_account.TryGrow(held, 4 * Segment));
        _time.Advance(Timeout);
        Assert.Null(await waiting.Soon());

        Assert.True(_account.TryRent(1, out _));
    }

    [Fact]
    public async Task Who_waits_too_long_gets_nothing_and_takes_nothing()
    {
        using var held = Rent(4);
        var waiting = Wait(1);

        _time.Advance(Timeout - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Null(await waiting.Soon());
        Assert.Equal(4 * Segment, _pool.InUseBytes);
    }

    [Fact]
    public async Task Who_leaves_the_line_lets_the_next_one_in()
    {
        using var held = Rent(3);
        using var ends = new CancellationTokenSource();
        var large = _account.RentAsync(2 * Segment, orLess: false, Timeout, ends.Token).AsTask();
        var small = Wait(1);

        await ends.CancelAsync();

        Assert.Null(await large.Soon());
        Assert.NotNull(await small.Soon());
    }

    [Fact]
    public async Task Who_is_already_gone_does_not_wait()
    {
        using var held = Rent(4);

        Assert.Null(await _account.RentAsync(1, orLess: false, Timeout, new CancellationToken(canceled: true)).AsTask().Soon());
        Assert.Null(await _account.RentAsync(1, orLess: false, TimeSpan.Zero, Unending).AsTask().Soon());
    }

    [Fact]
    public async Task Who_was_served_is_not_hurt_by_a_late_time_out_or_cancellation()
    {
        var held = Rent(4);
        using var ends = new CancellationTokenSource();
        var waiting = _account.RentAsync(1, orLess: false, Timeout, ends.Token).AsTask();
        held.Dispose();
        _time.Advance(Timeout);
        await ends.CancelAsync();

        using var block = await waiting.Soon();

        Assert.NotNull(block);
        Assert.Equal(Segment, _pool.InUseBytes);
    }

    [Fact]
    public void Memory_that_came_back_is_used_again()
    {
        var first = Rent(1);
        var memory = first.Free(1);
        first.Dispose();

        // The same memory, not the same content.
        Assert.True(memory.Equals(Rent(1).Free(1)));
    }

    [Fact]
    public void A_block_grows_within_the_budget_and_keeps_what_it_holds()
    {
        var block = Rent(1);
        block.Free(3).Span.Fill(7);
        block.Advance(3);

        Assert.False(_account.TryGrow(block, (4 * Segment) + 1));
        Assert.True(_account.TryGrow(block, (2 * Segment) + 1));

        Assert.Equal(3 * Segment, block.Capacity);
        Assert.Equal([7, 7, 7], block.Filled(0).ToArray());
        Assert.Equal(3 * Segment, _pool.InUseBytes);
        block.Dispose();
        Assert.Equal(0, _pool.InUseBytes);
    }

    [Fact]
    public void A_block_that_is_large_enough_takes_nothing_to_grow()
    {
        using var block = Rent(2);

        Assert.True(_account.TryGrow(block, Segment));
        Assert.True(_account.TryGrow(block, 2 * Segment));

        Assert.Equal(2 * Segment, _pool.InUseBytes);
    }

    private Block Rent(int segments)
    {
        Assert.True(_account.TryRent(segments * Segment, out var block));
        return block;
    }

    private Task<Block?> Wait(int segments) => _account.RentAsync(segments * Segment, orLess: false, Timeout, Unending).AsTask();
}
