using CsCheck;
using Sluice.Memory;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.Tests.Storage;

public sealed class BlockPlanTests
{
    private const long MiB = 1 << 20;
    private const long Largest = 50_000 * BlockPlan.LargestBlockBytes;

    // 1 B to 190.7 TiB and somewhat beyond, every order of magnitude as likely as any other.
    private static readonly Gen<long> Length = Gen.OneOf(
        Gen.Int[0, 47].SelectMany(e => Gen.Long[1L << e, 2L << e]), Gen.Const(Largest), Gen.Const(Largest + 1));

    private static readonly Gen<int> MaxBlocks = Gen.OneOf(Gen.Int[1, 50_000], Gen.Int[1, 40], Gen.Const(50_000));

    private static readonly Gen<long> BlockBytes = Gen.Long[1, 1_600].Select(segments => segments * BlockPool.SegmentBytes);

    private static readonly Gen<long> HeldBytes =
        Gen.Int[0, 18].SelectMany(e => Gen.Long[1L << e, 2L << e]).Select(segments => segments * BlockPool.SegmentBytes);

    [Fact]
    public void A_body_of_known_length_fits_its_blocks_exactly_when_the_plan_says_so() =>
        Gen.Select(Length, BlockBytes, MaxBlocks, HeldBytes).Sample(static (length, blockBytes, maxBlocks, held) =>
        {
            var plan = BlockPlan.For(length, blockBytes, maxBlocks, held);
            var blocks = (length + plan.BlockBytes(0) - 1) / plan.BlockBytes(0);

            Assert.Equal(maxBlocks, plan.MaxBlocks);
            Assert.Equal(blocks <= Planned(plan), length <= plan.MaxBytes);
            Assert.Equal(length <= maxBlocks * BlockPlan.LargestBlockBytes, length <= plan.MaxBytes);
            Assert.All((int[])[0, 1, maxBlocks / 2, maxBlocks - 1], index => Assert.Equal(plan.BlockBytes(0), plan.BlockBytes(index)));
        });

    [Fact]
    public void A_block_of_known_length_is_no_larger_than_azure_takes_and_no_larger_than_needed() =>
        Gen.Select(Length, BlockBytes, MaxBlocks, HeldBytes).Sample(static (length, blockBytes, maxBlocks, held) =>
        {
            var plan = BlockPlan.For(length, blockBytes, maxBlocks, held);
            var needed = (length + Planned(plan) - 1) / Planned(plan);

            Assert.InRange(plan.BlockBytes(0), BlockPool.SegmentBytes, BlockPlan.LargestBlockBytes);
            Assert.InRange(plan.BlockBytes(0), 1, Math.Max(blockBytes, needed + MiB));
            Assert.Equal(0, plan.BlockBytes(0) % BlockPool.SegmentBytes);
        });

    [Fact]
    public void Blocks_pass_through_exactly_when_the_smallest_that_will_do_can_not_be_held() =>
        Gen.Select(Length, BlockBytes, MaxBlocks, HeldBytes).Sample(static (length, blockBytes, maxBlocks, held) =>
        {
            var plan = BlockPlan.For(length, blockBytes, maxBlocks, held);
            var largestHeld = Math.Min(Math.Max(held, blockBytes), BlockPlan.LargestBlockBytes);

            Assert.Equal(length > (maxBlocks - (maxBlocks / 4)) * largestHeld, plan.PassThrough);
            Assert.True(plan.PassThrough || plan.BlockBytes(0) <= largestHeld);
            Assert.True(plan.PassThrough || plan.BlockBytes(0) >= blockBytes);
        });

    [Fact]
    public void The_largest_body_of_a_plan_fits_and_one_byte_more_does_not() =>
        Gen.Select(Length, BlockBytes, MaxBlocks, HeldBytes).Sample(static (length, blockBytes, maxBlocks, held) =>
        {
            var plan = BlockPlan.For(length, blockBytes, maxBlocks, held);
            var full = BlockPlan.For(plan.MaxBytes, blockBytes, maxBlocks, held);
            var over = BlockPlan.For(plan.MaxBytes + 1, blockBytes, maxBlocks, held);

            Assert.Equal(plan.MaxBytes, Planned(full) * full.BlockBytes(0));
            Assert.True(plan.PassThrough ? plan.MaxBytes + 1 > over.MaxBytes : plan.MaxBytes + 1 > Planned(plan) * plan.BlockBytes(0));
        });

    [Fact]
    public void Blocks_of_a_body_of_unknown_length_never_shrink_are_always_held_and_add_up() =>
        Gen.Select(BlockBytes, MaxBlocks, HeldBytes).Sample(static (blockBytes, maxBlocks, held) =>
        {
            var plan = BlockPlan.For(null, blockBytes, maxBlocks, held);
            long sum = 0, before = blockBytes;
            for (var index = 0; index < maxBlocks; index++)
            {
                var bytes = plan.BlockBytes(index);
                if (bytes < before || bytes > 2 * before)
                {
                    Assert.Fail($"Block {index} has {bytes} bytes after one of {before}.");
                }

                sum += bytes;
                before = bytes;
            }

            Assert.False(plan.PassThrough);
            Assert.Equal(blockBytes, plan.BlockBytes(0));
            Assert.Equal(sum, plan.MaxBytes);
            Assert.InRange(before, blockBytes, Math.Min(Math.Max(held, blockBytes), BlockPlan.LargestBlockBytes));
        });

    [Fact]
    public void A_body_of_10_GB_has_the_blocks_and_so_the_memory_of_one_of_100_MB()
    {
        var plan = Defaults().PlanFor(null);
        Assert.Equal(plan.BlockBytes(0), plan.BlockBytes((int)(10_000_000_000 / MiB)));
        Assert.Equal((MiB, 2 * MiB), (plan.BlockBytes(12_499), plan.BlockBytes(12_500)));
    }

    [Theory]
    [InlineData(0L, MiB, false)]
    [InlineData(1L, MiB, false)]
    [InlineData(37_500 * MiB, MiB, false)]
    [InlineData((37_500 * MiB) + 1, MiB + (64 << 10), false)]
    [InlineData(37_500 * 16 * MiB, 16 * MiB, false)]
    [InlineData((37_500 * 16 * MiB) + 1, 13 * MiB, true)]
    [InlineData(Largest, 4_000 * MiB, true)]
    public void The_default_options_cut_a_body_of_known_length_like_this(long length, long blockBytes, bool passThrough)
    {
        var plan = Defaults().PlanFor(length);

        Assert.Equal((blockBytes, passThrough), (plan.BlockBytes(0), plan.PassThrough));
        Assert.True(length <= plan.MaxBytes);
    }

    [Fact]
    public void The_default_options_reach_to_azures_own_limit_or_where_no_length_is_declared_to_390_gib()
    {
        Assert.Equal(Largest, Defaults().PlanFor(Largest + 1).MaxBytes);
        Assert.Equal((12_500 + (6_250 * (2 + 4 + 8)) + (18_750 * 16)) * MiB, Defaults().PlanFor(null).MaxBytes);
        Assert.Equal(390, Defaults().PlanFor(null).MaxBytes >> 30);
    }

    [Fact]
    public void A_quarter_of_the_blocks_of_a_body_that_can_be_held_may_be_short() =>
        Gen.Select(Length, BlockBytes, Gen.Int[4, 50_000], HeldBytes).Sample(static (length, blockBytes, maxBlocks, held) =>
        {
            var plan = BlockPlan.For(length, blockBytes, maxBlocks, held);

            Assert.True(plan.PassThrough || plan.MayBeShort((maxBlocks / 4) - 1, length));
        });

    [Fact]
    public void A_block_may_be_short_as_long_as_what_follows_fits_into_the_blocks_that_are_left() =>
        Gen.Select(BlockBytes, Gen.Int[4, 50_000], Gen.Int[0, 100], Gen.Int[0, 100]).Sample(static (blockBytes, maxBlocks, before, index) =>
        {
            (before, index) = (before % maxBlocks, index % maxBlocks);
            var plan = BlockPlan.For(1, blockBytes, maxBlocks, blockBytes).After(before);
            var fits = Math.Max(0, maxBlocks - before - index - 1) * blockBytes;

            Assert.Equal(before + index < maxBlocks, plan.Has(index));
            Assert.Equal(before + index < maxBlocks, plan.MayBeShort(index, fits));
            Assert.False(plan.MayBeShort(index, fits + 1));
        });

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(5, 0, true)]
    [InlineData(6, 0, false)]
    [InlineData(0, 5, true)]
    [InlineData(0, 6, false)]
    [InlineData(4, 2, false)]
    public void The_last_quarter_of_the_blocks_of_an_unknown_length_is_never_short(int before, int index, bool mayBe) =>
        Assert.Equal(mayBe, BlockPlan.For(null, MiB, 8, MiB).After(before).MayBeShort(index, left: null));

    [Fact]
    public void A_body_that_goes_on_takes_the_blocks_from_where_it_stopped() => Gen.Select(BlockBytes, Gen.Int[1, 400], HeldBytes).Sample(
        static (blockBytes, maxBlocks, held) =>
        {
            var plan = BlockPlan.For(null, blockBytes, maxBlocks, held);
            for (var before = 0; before < maxBlocks; before += 7)
            {
                var rest = plan.After(before);
                Assert.Equal(plan.BlockBytes(before), rest.BlockBytes(0));
                Assert.Equal(plan.BlockBytes(maxBlocks - 1), rest.BlockBytes(maxBlocks - before - 1));
                Assert.True(rest.Has(maxBlocks - before - 1));
                Assert.False(rest.Has(maxBlocks - before));
            }
        });

    [Fact]
    public void The_largest_body_that_can_be_held_does_not_pass_through_and_one_byte_more_does() =>
        Gen.Select(BlockBytes, MaxBlocks, HeldBytes)
            .Where(static (blockBytes, _, held) => held >= blockBytes)
            .Sample(static (blockBytes, maxBlocks, held) =>
            {
                var largest = BlockPlan.LargestHeldBody(maxBlocks, held);

                Assert.False(BlockPlan.For(largest, blockBytes, maxBlocks, held).PassThrough);
                Assert.True(BlockPlan.For(largest + 1, blockBytes, maxBlocks, held).PassThrough);
            });

    // Of a body whose blocks are held, the others are left for blocks that have to be short.
    private static int Planned(BlockPlan plan) => plan.PassThrough ? plan.MaxBlocks : plan.MaxBlocks - (plan.MaxBlocks / 4);

    private static Admission Defaults()
    {
        var rig = new Rig();
        rig.Blob.BlockBytes = new BlobOptions().BlockBytes;
        rig.Memory.BudgetBytes = new MemoryOptions().BudgetBytes;
        return rig.Admission;
    }
}
