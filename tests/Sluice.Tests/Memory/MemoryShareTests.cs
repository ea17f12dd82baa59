using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sluice.Diagnostics;
using Sluice.Memory;
using Sluice.Tests.Diagnostics;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Memory;

/// <summary>Who gets memory when several callers want some.</summary>
public sealed class MemoryShareTests
{
    private const int Segment = BlockPool.SegmentBytes;
    private const int Budget = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();
    private readonly BlockPool _pool;

    public MemoryShareTests() => _pool = new BlockPool(Budget * Segment, _time, new SluiceMetrics(new Meters()));

    private enum Step
    {
        Rent,
        Return,
        Leave,
    }

    [Fact]
    public async Task A_caller_that_holds_less_is_served_before_one_that_came_earlier()
    {
        using var rest = _pool.Take((Budget - 2) * Segment, "greedy");
        var held = _pool.Take(2 * Segment, "greedy");
        var greedy = Wait("greedy", 1);
        var modest = Wait("modest", 2);

        held.Dispose();

        Assert.Equal(2 * Segment, (await modest.Soon())!.Capacity);
        Assert.False(greedy.IsCompleted);
    }

    [Fact]
    public async Task Uploads_of_one_caller_are_served_in_their_order()
    {
        var held = _pool.Take(Budget * Segment, "one");
        var (first, second) = (Wait("one", Budget), Wait("one", 1));

        held.Dispose();

        Assert.NotNull(await first.Soon());
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task Who_would_exceed_its_share_gets_less_while_another_caller_waits()
    {
        using var own = _pool.Take(4 * Segment, "one");
        var held = _pool.Take(8 * Segment, "other");
        var (one, other) = (Wait("one", 8), Wait("other", 8));

        held.Dispose();

        // Half of the twelve is each one's; the other one, who holds nothing any more, comes first.
        Assert.Equal(6 * Segment, (await other.Soon())!.Capacity);
        Assert.False(one.IsCompleted);
    }

    [Fact]
    public async Task Who_waits_alone_gets_what_it_wants()
    {
        var held = _pool.Take(Budget * Segment, "other");
        var waiting = Wait("one", 10);

        held.Dispose();

        Assert.Equal(10 * Segment, (await waiting.Soon())!.Capacity);
    }

    [Fact]
    public void A_fair_share_is_that_of_the_caller_by_its_uploads()
    {
        Assert.Equal(Budget * Segment, _pool.Open("new").FairBytes);
        using var one = _pool.Take(Segment, "one");
        using var two = _pool.Take(Segment, "two");
        var (other, same) = (_pool.Open("two"), _pool.Open("two"));
        Assert.True(other.TryRent(1, out _));
        Assert.True(same.TryRent(1, out _));

        Assert.Equal(Budget / 2 / 3 * Segment, same.FairBytes);
    }

    [Fact]
    public Task Whatever_happens_nobody_is_served_before_a_waiting_caller_that_holds_less() =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 3], Gen.Int[1, Budget], Gen.Int[0, 100]).Array[1, 80].SampleAsync(async steps =>
        {
            var pool = new BlockPool(Budget * Segment, new FakeTimeProvider(), new SluiceMetrics(new Meters()));
            var held = new List<(int Caller, Block Block)>();
            var line = new List<(int Caller, int Wanted, Task<Block?> Task, CancellationTokenSource Ends)>();
            foreach (var (step, caller, wanted, which) in steps)
            {
                switch (step)
                {
                    case Step.Rent:
                        var ends = new CancellationTokenSource();
                        line.Add((
                            caller, wanted, pool.Open($"{caller}").RentAsync(wanted * Segment, orLess: true, Patience, ends.Token).AsTask(),
                            ends));
                        break;
                    case Step.Return when held.Count > 0:
                        held[which % held.Count].Block.Dispose();
                        held.RemoveAt(which % held.Count);
                        break;
                    case Step.Leave when line.Count > 0:
                        await line[which % line.Count].Ends.CancelAsync();
                        break;
                }

                await Outcome.UntilAsync(() => line.Count(static waiter => !waiter.Task.IsCompleted) == pool.Waiting);
                var served = line.Where(static waiter => waiter.Task.IsCompleted).ToList();
                line.RemoveAll(served.Contains);
                var before = held.Count;
                foreach (var waiter in served)
                {
                    if (await waiter.Task is { } block)
                    {
                        held.Add((waiter.Caller, block));
                        Assert.InRange(block.Capacity, Segment, waiter.Wanted * Segment);
                    }
                }

                // Before it got its last block, nobody who still waits had less.
                var now = Held();
                foreach (var got in held.Skip(before).GroupBy(static one => one.Caller))
                {
                    var least = now[got.Key] - got.Max(static one => one.Block.Capacity);
                    Assert.All(line, waiter => Assert.True(waiter.Caller == got.Key || now[waiter.Caller] >= least));
                }

                Assert.Equal(held.Sum(static one => one.Block.Capacity), pool.InUseBytes);
                Assert.InRange(pool.InUseBytes, 0, pool.BudgetBytes);
                Assert.True(line.Count == 0 || pool.InUseBytes > 0, "They wait, and all memory is free.");
            }

            long[] Held() =>
                [.. Enumerable.Range(0, 4).Select(caller => held.Where(one => one.Caller == caller).Sum(static one => one.Block.Capacity))];
        });

    [Fact]
    public async Task Those_that_only_wait_for_their_clients_give_back_the_slowest_first()
    {
        var (slow, fast, busy) = (new Holder(1), new Holder(1000), new Holder(0) { IsBusy = true });
        Hold(busy, 4);
        Hold(fast, 4);
        Hold(slow, 4);
        var waiting = Wait("somebody", 3);
        Assert.False(waiting.IsCompleted);

        _time.Advance(MemoryReclaimer.Interval);

        Assert.NotNull(await waiting.Soon());
        Assert.Equal((1, 0, 1), (slow.Asked, fast.Asked, busy.Asked));
    }

    [Fact]
    public void Nobody_is_asked_to_give_back_while_nobody_waits()
    {
        var holder = new Holder(1);
        Hold(holder, Budget);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, holder.Asked);
    }

    [Fact]
    public async Task As_many_are_asked_as_it_takes_and_none_of_them_twice()
    {
        var holders = Enumerable.Range(0, 4).Select(speed => new Holder(speed) { IsSlowToReturn = true }).ToList();
        holders.ForEach(holder => Hold(holder, 3));
        var waiting = Wait("somebody", 5);

        _time.Advance(5 * MemoryReclaimer.Interval);
        Assert.Equal([1, 1, 0, 0], holders.Select(static holder => holder.Asked));
        holders.ForEach(static holder => holder.Return());

        Assert.NotNull(await waiting.Soon());
        _time.Advance(5 * MemoryReclaimer.Interval);
        Assert.Equal([1, 1, 0, 0], holders.Select(static holder => holder.Asked));
    }

    [Fact]
    public async Task Nothing_is_asked_for_somebody_who_waits_no_longer()
    {
        var holders = Enumerable.Range(0, 3).Select(speed => new Holder(speed) { IsSlowToReturn = true }).ToList();
        holders.ForEach(holder => Hold(holder, 4));
        using var leaves = new CancellationTokenSource();
        var left = _pool.Open("gone").RentAsync(4 * Segment, orLess: true, Patience, leaves.Token).AsTask();
        var waiting = Wait("somebody", 3);
        await leaves.CancelAsync();
        Assert.Null(await left.Soon());

        _time.Advance(MemoryReclaimer.Interval);

        Assert.Equal([1, 0, 0], holders.Select(static holder => holder.Asked));
        holders.ForEach(static holder => holder.Return());
        Assert.NotNull(await waiting.Soon());
    }

    private void Hold(Holder holder, int segments)
    {
        Assert.True(_pool.Open("holder", holder).TryRent(segments * Segment, out var block));
        holder.Block = block;
    }

    private Task<Block?> Wait(string caller, int segments) =>
        _pool.Open(caller).RentAsync(segments * Segment, orLess: true, Patience, TestContext.Current.CancellationToken).AsTask();

    private sealed class Holder(double bytesPerSecond) : IMemoryHolder
    {
        public Block? Block { get; set; }

        public int Asked { get; private set; }

        public bool IsBusy { get; init; }

        public bool IsSlowToReturn { get; init; }

        public double BytesPerSecond => bytesPerSecond;

        public bool TryGiveBack()
        {
            Asked++;
            if (!IsBusy && !IsSlowToReturn)
            {
                Return();
            }

            return !IsBusy;
        }

        public void Return() => Block!.Dispose();
    }
}
