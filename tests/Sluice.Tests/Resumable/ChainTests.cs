using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>What the uncommitted blocks of an upload say together, by examples.</summary>
public sealed class ChainTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // The writer that every upload begins with: the request that created it.
    private static Writer First => new Writer(1).Link(0, 0, ChainBlockFlags.Fence);

    [Fact]
    public void Without_a_block_there_is_no_upload() => Assert.Null(Writer.Resolve([]));

    [Fact]
    public void An_upload_that_was_created_is_at_its_beginning_and_quiet()
    {
        var state = Writer.Resolve(First);

        Assert.Equal((0, 0, 1UL, 1UL, true), (state!.Offset, state.Blocks, state.Newest, state.Top, state.IsQuiet));
    }

    [Fact]
    public void The_offset_is_the_end_of_what_hangs_together_and_never_a_sum()
    {
        Assert.Equal(40, Writer.Resolve(First, new Writer(2).Link(1, 0).Data(0, 10, 40).Data(50, 60))!.Offset);
        Assert.Equal(0, Writer.Resolve(First, new Writer(2).Link(1, 0).Data(10, 40))!.Offset);
        Assert.Equal(
            70, Writer.Resolve(First, new Writer(2).Link(1, 0).Data(0, 40).Close(), new Writer(3).Link(2, 40).Data(40, 70))!.Offset);
    }

    // Two writers that are done, a third that was overtaken, and a fourth that has begun.
    private static Writer[] Whole =>
    [
        First.Close(), new Writer(2).Link(1, 0).Data(0, 40, 60).Close(60), new Writer(3).Link(2, 60).Data(60, 90, 95),
        new Writer(4).Link(3, 90).Data(90, 120),
    ];

    [Fact]
    public void What_writers_leave_behind_is_not_torn()
    {
        Assert.False(Writer.Resolve(Writer.All(Whole))!.IsTorn);

        // Of bytes that are held and not all there, none counts: whoever goes on does so where they began.
        Assert.False(Writer.Resolve(Writer.All(
            First, new Writer(2).Link(1, 0, ChainBlockFlags.Held).Data(0, 40), new Writer(3).Link(2, 0).Data(0, 10)))!.IsTorn);
        Assert.False(Writer.Resolve(Writer.All(First, new Writer(2).Link(1, 0, ChainBlockFlags.Held).Data(0, 40).Close(60)))!.IsTorn);

        // What comes late, after a commit that took all away, changes nothing for whoever has begun again, however their clocks differ.
        Assert.False(
            Writer.Resolve(Writer.All(new Writer(5).Link(0, 0), new Writer(4).Data(40, 60).Close(60), new Writer(6).Data(40, 60)))!.IsTorn);

        // Announced, and no more than that.
        Assert.False(Writer.Resolve(Writer.All([.. Whole, new Writer(5).Open()]))!.IsTorn);
    }

    [Fact]
    public void A_list_that_lacks_a_block_is_torn_unless_nobody_was_told_of_what_it_lacks()
    {
        const long Reported = 90;
        var all = Writer.All(Whole);
        foreach (var missing in all)
        {
            var listed = all.Where(block => block != missing).ToList();
            var state = Writer.Resolve(listed);
            Assert.True(state is null || state.IsTorn || state.Offset >= Reported, $"without {missing}, the offset is {state?.Offset}");
        }
    }

    [Fact]
    public void What_two_of_them_say_is_as_true_as_what_one_says()
    {
        Assert.True(Writer.Resolve(First.Close(), new Writer(2).Cancel(), new Writer(3).Cancel())!.IsCancelled);
        Assert.True(
            Writer.Resolve(First, new Writer(2).Link(1, 0).Data(0, 40).Close(60), new Writer(3).Link(2, 40).Data(40, 70).Close(90))!.IsTorn);
        Assert.Null(
            Writer.Resolve(First, new Writer(2).Link(1, 0).Data(0, 40).Commits(Now).Close(40).Close(40))!.CommitsAt);
    }

    // Nobody here writes these. Following them round and round would never end.
    [Theory]
    [InlineData(2, 3, 2)]
    [InlineData(2, 2, 2)]
    [InlineData(3, 2, 3)]
    public void Writers_that_go_on_from_one_another_are_no_upload(ulong parent, ulong other, ulong parentOfOther) =>
        Assert.Null(Writer.Resolve(new Writer(2).Link(parent, 0), new Writer(other).Link(parentOfOther, 0)));

    [Fact]
    public void A_writer_that_goes_on_before_the_one_before_it_began_takes_nothing_away()
    {
        var state = Writer.Resolve(
            First, new Writer(2).Link(1, 0).Data(0, 40), new Writer(3).Link(2, 40).Data(40, 70), new Writer(4).Link(3, 10).Data(10, 50))!;

        Assert.Equal(40, state.Offset);
        Assert.All(state.Spans, static span => Assert.InRange(span.End, span.Start, long.MaxValue));
    }

    [Fact]
    public void What_a_writer_adds_after_it_was_overtaken_never_counts()
    {
        // Of the second, the third saw 70 bytes.
        var second = new Writer(2).Link(1, 0).Data(0, 40, 70, 90).Close();
        var third = new Writer(3).Link(2, 70);

        Assert.Equal(70, Writer.Resolve(First, second, third)!.Offset);

        var state = Writer.Resolve(First, second, third.Data(70, 120));

        Assert.Equal(120, state!.Offset);
        Assert.Equal([new ChainSpan(1, 0, 0), new ChainSpan(2, 0, 70), new ChainSpan(3, 70, 120)], state.Spans);
    }

    [Fact]
    public void The_bytes_of_a_writer_with_a_checksum_count_once_it_has_closed()
    {
        var held = new Writer(2).Link(1, 0, ChainBlockFlags.Held).Data(0, 40);

        Assert.Equal(0, Writer.Resolve(First, held)!.Offset);
        Assert.Equal(40, Writer.Resolve(First, held.Close())!.Offset);

        // Overtaken, it may close as it likes.
        Assert.Equal(5, Writer.Resolve(First, held, new Writer(3).Link(2, 0).Data(0, 5))!.Offset);
    }

    // Their checksum is that of all of them: a block that storage does not list is missed.
    [Theory]
    [InlineData(39, 40)]
    [InlineData(40, 40)]
    [InlineData(41, 0)]
    public void Of_bytes_with_a_checksum_all_that_their_writer_had_have_to_be_there(long had, long counted) =>
        Assert.Equal(counted, Writer.Resolve(First, new Writer(2).Link(1, 0, ChainBlockFlags.Held).Data(0, 40).Close(had))!.Offset);

    // Only to be held together they need a checksum.
    [Fact]
    public void Of_other_bytes_those_count_that_are_there() =>
        Assert.Equal(40, Writer.Resolve(First, new Writer(2).Link(1, 0).Data(0, 40).Close(41))!.Offset);

    [Fact]
    public void Blocks_are_counted_with_their_bytes() => Assert.Equal(
        (70, 4), Writer.Resolve(First, new Writer(2).Link(1, 0).Data(0, 10, 20, 40), new Writer(3).Link(2, 40).Data(40, 70)) is { } state
            ? (state.Offset, state.Blocks)
            : default);

    [Fact]
    public void A_writer_that_linked_too_late_does_not_count_whatever_it_adds()
    {
        // The third went on before the second had said where it does.
        var third = new Writer(3).Link(1, 0).Data(0, 30).Close();

        var state = Writer.Resolve(First, third, new Writer(2).Link(1, 0).Data(0, 99).Close());

        Assert.Equal((30, 3UL), (state!.Offset, state.Top));
        Assert.DoesNotContain(state.Spans, static span => span.Epoch == 2);
    }

    [Fact]
    public void A_writer_that_has_only_announced_itself_changes_nothing_but_that_it_is_not_quiet()
    {
        var writer = new Writer(2).Link(1, 0).Data(0, 40).Close();

        Assert.True(Writer.Resolve(First, writer)!.IsQuiet);

        var state = Writer.Resolve(First, writer, new Writer(3));

        Assert.Equal((40, 3UL, 2UL, false), (state!.Offset, state.Newest, state.Top, state.IsQuiet));
    }

    [Fact]
    public void A_writer_that_has_not_closed_may_add_more() =>
        Assert.False(Writer.Resolve(First, new Writer(2).Link(1, 0).Data(0, 40))!.IsQuiet);

    [Fact]
    public void The_length_that_was_told_first_is_the_length()
    {
        var told = new Writer(2).Length(99).Link(1, 0);

        Assert.Null(Writer.Resolve(First)!.Length);
        Assert.Equal(99, Writer.Resolve(First, told)!.Length);
        Assert.Equal(99, Writer.Resolve(First, told, new Writer(3).Length(98).Link(2, 0))!.Length);

        // Who linked too late has told nothing.
        Assert.Equal(98, Writer.Resolve(First, told, new Writer(3).Length(98).Link(1, 0))!.Length);
    }

    [Fact]
    public void A_commit_is_announced_until_it_is_withdrawn_or_somebody_newer_goes_on()
    {
        var writer = new Writer(2).Link(1, 0).Data(0, 40).Commits(Now);

        Assert.Equal(Now, Writer.Resolve(First, writer)!.CommitsAt);
        Assert.Equal(Now, Writer.Resolve(First, writer, new Writer(3))!.CommitsAt);
        Assert.Null(Writer.Resolve(First, writer, new Writer(3).Link(2, 40))!.CommitsAt);
        Assert.Null(Writer.Resolve(First, writer.Close())!.CommitsAt);
    }

    [Fact]
    public void Whoever_gives_the_upload_up_ends_it()
    {
        Assert.False(Writer.Resolve(First)!.IsCancelled);
        Assert.True(Writer.Resolve(First, new Writer(2).Cancel())!.IsCancelled);
        Assert.True(Writer.Resolve(First, new Writer(2).Cancel(), new Writer(3).Link(1, 0).Data(0, 9))!.IsCancelled);
    }

    [Fact]
    public void What_a_slow_writer_adds_after_the_commit_is_no_upload()
    {
        // Of all that was there, the commit has left nothing.
        Assert.Null(Writer.Resolve(new Writer(3).Link(2, 0).Data(0, 99).Close()));
        Assert.Null(Writer.Resolve(new Writer(3).Link(2, 40, ChainBlockFlags.Fence), new Writer(4).Link(3, 40)));
        Assert.Null(Writer.Resolve(new Writer(3).Data(40, 99).Close()));
    }

    [Fact]
    public void Blocks_of_others_count_only_as_blocks_of_the_name()
    {
        var chain = new Chain(Writer.Upload);
        foreach (var block in First.Blocks)
        {
            chain.Add(block);
            chain.Add(block with { Upload = Writer.Upload + 1, Epoch = 77, Kind = ChainBlockKind.Cancel });
            chain.Add(null);
        }

        var state = chain.Resolve();

        Assert.Equal((6, 1UL, false), (state!.Uncommitted, state.Newest, state.IsCancelled));
        Assert.Null(Writer.Resolve(First.Blocks, Writer.Upload + 1));
    }
}
