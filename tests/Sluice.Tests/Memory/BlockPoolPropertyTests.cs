using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sluice.Diagnostics;
using Sluice.Memory;
using Sluice.Tests.Diagnostics;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Memory;

public sealed class BlockPoolPropertyTests
{
    private const int Segment = BlockPool.SegmentBytes;
    private const int Budget = 12;

    private enum Step
    {
        Try,
        Wait,
        Grow,
        Return,
    }

    private static Gen<(Step Step, int Segments, int Which)[]> Steps =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[1, Budget + 1], Gen.Int[0, 100]).Array[1, 60];

    [Fact]
    public Task Whoever_rents_waits_grows_and_returns_the_budget_holds_and_the_line_is_kept() => Steps.SampleAsync(async steps =>
    {
        var time = new FakeTimeProvider();
        var pool = new BlockPool(Budget * Segment, time, new SluiceMetrics(new Meters()));
        var account = pool.Open("somebody");
        var held = new List<Block>();
        var line = new Queue<(int Segments, Task<Block?> Waiting)>();
        foreach (var (step, segments, which) in steps)
        {
            var free = Budget - held.Sum(Size);
            switch (step)
            {
                case Step.Try:
                    Assert.Equal(line.Count == 0 && segments <= free, account.TryRent(segments * Segment, out var block));
                    held.AddRange(block is null ? [] : [block]);
                    break;
                case Step.Wait:
                    line.Enqueue((
                        segments,
                        account.RentAsync(segments * Segment, orLess: false, TimeSpan.FromSeconds(5), CancellationToken.None).AsTask()));
                    break;
                case Step.Grow when held.Count > 0:
                    var growing = held[which % held.Count];
                    Assert.Equal(line.Count == 0 && segments <= free, account.TryGrow(growing, growing.Capacity + (segments * Segment)));
                    break;
                case Step.Return when held.Count > 0:
                    held[which % held.Count].Dispose();
                    held.RemoveAt(which % held.Count);
                    break;
            }

            await ServeAsync();
            Assert.Equal(held.Sum(Size) * Segment, pool.InUseBytes);
            Assert.InRange(pool.InUseBytes, 0, pool.BudgetBytes);
        }

        // What is right by the line as the steps describe it must be what the pool did.
        async Task ServeAsync()
        {
            while (line.TryPeek(out var first) && (first.Segments > Budget || first.Segments <= Budget - held.Sum(Size)))
            {
                line.Dequeue();
                held.AddRange(await first.Waiting.Soon() is { } served ? [served] : []);
            }

            Assert.All(line, waiter => Assert.True(waiter.Segments > Budget || !waiter.Waiting.IsCompleted));
        }

        static int Size(Block block) => (int)(block.Capacity / Segment);
    });

    [Fact]
    public async Task Threads_that_share_a_pool_share_no_memory_and_stay_within_the_budget()
    {
        var pool = new BlockPool(Budget * Segment, new FakeTimeProvider(), new SluiceMetrics(new Meters()));

        var users = Enumerable.Range(1, 6).Select(stamp => Task.Run(() => UseAsync((byte)stamp), TestContext.Current.CancellationToken));
        await Task.WhenAll(users).Soon();

        Assert.Equal(0, pool.InUseBytes);

        async Task UseAsync(byte stamp)
        {
            var random = new Random(stamp);
            var account = pool.Open($"{stamp % 2}");
            for (var i = 0; i < 200; i++)
            {
                using var block = await account.RentAsync(
                    random.Next(1, 5) * Segment, orLess: false, TimeSpan.FromSeconds(5), CancellationToken.None);
                Assert.NotNull(block);
                Stamp(block);
                if (account.TryGrow(block, block.Capacity + Segment))
                {
                    Stamp(block);
                }

                await Task.Yield();
                Assert.InRange(pool.InUseBytes, block.Capacity, pool.BudgetBytes);
                for (long at = 0; at < block.Length; at += Segment)
                {
                    Assert.Equal(-1, block.Filled(at).Span.IndexOfAnyExcept(stamp));
                }
            }

            void Stamp(Block block)
            {
                for (var free = block.Free(Segment); !free.IsEmpty; free = block.Free(Segment))
                {
                    free.Span.Fill(stamp);
                    block.Advance(free.Length);
                }
            }
        }
    }
}
