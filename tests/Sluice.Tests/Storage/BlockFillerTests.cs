using CsCheck;
using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;
using Sluice.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>What an upload holds while its client is waited for, and what becomes of that when others want memory.</summary>
public sealed class BlockFillerTests
{
    private const int Segment = Rig.BlockBytes;

    private readonly Rig _rig = new() { Blob = { BlockBytes = 4 * Segment } };
    private readonly ScriptedBody _body = new();

    [Fact]
    public async Task A_client_that_has_sent_nothing_holds_nothing()
    {
        var storing = StoreAsync();
        Assert.Equal(0, _rig.Pool.InUseBytes);
        await LeaveAsync(storing);
    }

    [Theory]
    [InlineData(600, 1)]
    [InlineData(Segment, 1)]
    [InlineData(Segment + 1, 2)]
    [InlineData(3 * Segment, 3)]
    [InlineData(4 * Segment, 4)]
    public async Task A_client_holds_as_much_as_it_has_sent(int bytes, int segments)
    {
        var storing = StoreAsync();
        _body.Send(ScriptedBody.Content(bytes));
        Assert.Equal(segments * Segment, _rig.Pool.InUseBytes);
        await LeaveAsync(storing);
    }

    [Fact]
    public async Task What_a_client_has_sent_goes_to_storage_when_others_wait_for_the_memory_and_the_client_goes_on()
    {
        var content = ScriptedBody.Content(3 * Segment);
        var storing = StoreAsync();
        _body.Send(content.AsMemory(0, 70_000));
        var waiting = WaitForTheRest();
        _rig.Time.Advance(TimeSpan.FromMilliseconds(150));

        using (var rest = await waiting.Soon())
        {
            Assert.NotNull(rest);
            Assert.Equal([70_000], _rig.Storage.Of(StorageOperation.PutBlock).Select(static request => request.Content.Length));
        }

        _body.Send(content.AsMemory(70_000));
        _body.End();
        (await storing.Soon()).Value();
        Assert.Equal(content, _rig.Stored);
        Assert.Equal(0, _rig.Pool.InUseBytes);
    }

    [Fact]
    public async Task A_client_that_was_heard_of_a_moment_ago_keeps_its_memory()
    {
        var storing = StoreAsync();
        _body.Send(ScriptedBody.Content(600));
        var waiting = WaitForTheRest();

        _rig.Time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.False(waiting.IsCompleted);
        Assert.Empty(_rig.Storage.Requests);
        await _rig.Client.CancelAsync();
        (await waiting.Soon())!.Dispose();
        await LeaveAsync(storing);
    }

    [Fact]
    public async Task A_client_that_sends_little_again_and_again_does_not_keep_its_memory_by_that()
    {
        var storing = StoreAsync();
        _body.Send(ScriptedBody.Content(600));
        var waiting = WaitForTheRest();
        for (var i = 0; i < 8 && !waiting.IsCompleted; i++)
        {
            _rig.Time.Advance(TimeSpan.FromMilliseconds(50));
            _body.Send(new byte[10]);
        }

        (await waiting.Soon())!.Dispose();
        await LeaveAsync(storing);
    }

    [Fact]
    public async Task A_client_slower_than_the_least_rate_is_told_so_when_others_wait()
    {
        var storing = StoreAsync();
        _body.Send(ScriptedBody.Content(9_000));
        _rig.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(storing.IsCompleted);
        var waiting = WaitForTheRest();

        _rig.Time.Advance(TimeSpan.FromMilliseconds(150));

        var failure = (await storing.Soon()).Failed(FailureKind.ClientStalled, Phase.Transfer);
        Assert.Equal((Party.Client, true), (failure.Party, failure.Detail.Contains("4096", StringComparison.Ordinal)));
        Assert.Empty(_rig.Storage.Requests);
        (await waiting.Soon())!.Dispose();
        Assert.Equal(0, _rig.Pool.InUseBytes);
    }

    [Fact]
    public async Task A_slow_client_is_not_ended_where_that_is_switched_off()
    {
        _rig.Memory.MinBytesPerSecond = 0;
        var storing = StoreAsync();
        _body.Send(ScriptedBody.Content(9_000));
        _rig.Time.Advance(TimeSpan.FromSeconds(6));
        var waiting = WaitForTheRest();

        _rig.Time.Advance(TimeSpan.FromMilliseconds(150));

        (await waiting.Soon())!.Dispose();
        _body.End();
        (await storing.Soon()).Value();
    }

    [Fact]
    public async Task A_client_that_was_fast_before_it_stalled_is_not_ended()
    {
        var storing = StoreAsync();
        _body.Send(ScriptedBody.Content(200_000));
        _rig.Time.Advance(TimeSpan.FromSeconds(6));
        var waiting = WaitForTheRest();

        _rig.Time.Advance(TimeSpan.FromMilliseconds(150));

        (await waiting.Soon())!.Dispose();
        _body.End();
        (await storing.Soon()).Value();
        Assert.Equal(ScriptedBody.Content(200_000), _rig.Stored);
    }

    [Fact]
    public async Task A_slow_client_may_take_its_time_while_nobody_waits()
    {
        var storing = StoreAsync();
        for (var i = 0; i < 10; i++)
        {
            _body.Send(new byte[100]);
            _rig.Time.Advance(TimeSpan.FromSeconds(20));
        }

        _body.End();
        (await storing.Soon()).Value();
        Assert.Equal([StorageOperation.PutBlob], _rig.Storage.Requests.Select(static request => request.Operation));
    }

    [Fact]
    public async Task Who_is_not_vouched_for_has_one_segment_here_and_on_its_way()
    {
        var content = ScriptedBody.Content(9 * Segment);
        var upload = new Upload
        {
            Body = ScriptedBody.InPieces(content, 100_000).Incoming,
            Destination = new(Rig.Target),
            IsVouchedFor = static () => false
        };
        _rig.Storage.OnRequest = () => Assert.InRange(_rig.Pool.InUseBytes, 0, Segment);

        (await _rig.StoreAsync(upload).Soon()).Value();

        Assert.Equal(1, _rig.Storage.MostOpen);
        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task A_body_that_needs_every_block_as_large_as_planned_keeps_it()
    {
        _rig.Blob.BlockBytes = Segment;
        _rig.Blob.MaxBlocks = 3;
        _rig.Memory.WaitTimeout = TimeSpan.FromSeconds(3);
        var content = ScriptedBody.Content(3 * 2 * Segment);
        var storing = StoreAsync(content.Length);
        _body.Send(content.AsMemory(0, 70_000));
        var waiting = WaitForTheRest();

        _rig.Time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.False(waiting.IsCompleted);
        _rig.Time.Advance(_rig.Memory.WaitTimeout);
        Assert.Null(await waiting.Soon());

        _body.Send(content.AsMemory(70_000));
        _body.End();
        Assert.Equal(3, (await storing.Soon()).Value().Blocks);
        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task A_body_that_needs_every_block_as_large_as_planned_is_ended_when_its_client_stops_while_others_wait()
    {
        _rig.Blob.BlockBytes = Segment;
        _rig.Blob.MaxBlocks = 3;
        var storing = StoreAsync(3 * 2 * Segment);
        _body.Send(ScriptedBody.Content(70_000));
        _rig.Time.Advance(TimeSpan.FromSeconds(3));
        var waiting = WaitForTheRest();

        _rig.Time.Advance(TimeSpan.FromSeconds(2.1));

        (await storing.Soon()).Failed(FailureKind.ClientStalled, Phase.Transfer);
        (await waiting.Soon())!.Dispose();
    }

    [Fact]
    public async Task An_upload_is_not_told_to_come_again_while_blocks_of_its_own_are_on_their_way()
    {
        var (content, may) = (ScriptedBody.Content(9 * Segment), new TaskCompletionSource());
        _rig.Memory.BudgetBytes = 4 * Segment;
        _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.NormalAfter(may.Task));
        var storing = StoreAsync(content.Length);
        _body.Send(content);
        _body.End();
        await Outcome.UntilAsync(() => _rig.Pool.Waiting == 1);

        _rig.Time.Advance(10 * _rig.Memory.WaitTimeout);
        may.SetResult();

        (await storing.Soon()).Value();
        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task Who_is_not_vouched_for_gets_no_larger_blocks_when_the_small_ones_are_used_up()
    {
        _rig.Blob.BlockBytes = Segment;
        _rig.Blob.MaxBlocks = 3;
        var upload = new Upload
        {
            Body = ScriptedBody.Of(ScriptedBody.Content(6 * Segment)).Incoming,
            Destination = new(Rig.Target),
            Length = 6 * Segment,
            IsVouchedFor = static () => false,
        };

        (await _rig.StoreAsync(upload).Soon()).Failed(FailureKind.BodyTooLarge, Phase.Transfer);
    }

    [Fact]
    public Task Any_number_of_uploads_get_through_any_budget() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 9 * Segment].Array[1, 12], Gen.Int[1, 150_000]).SampleAsync(
            async (budget, lengths, piece) =>
            {
                var rig = new Rig
                {
                    Memory = { BudgetBytes = budget * Segment },
                    Blob = { BlockBytes = 4 * Segment, Containers = { "inbox" } }
                };
                rig.Storage.OnRequest = () => Assert.InRange(rig.Pool.InUseBytes, 0, rig.Pool.BudgetBytes);
                rig.Storage.OnEvery(StorageOperation.PutBlock, static async exchange =>
                {
                    await Task.Yield();
                    return await Turn.Normal(exchange);
                });

                var receipts = await Task.WhenAll(lengths.Select((length, at) => Task.Run(() => rig.StoreAsync(new Upload
                {
                    Body = ScriptedBody.InPieces(ScriptedBody.Content(length), piece).Incoming,
                    Destination = new(new BlobTarget("inbox", $"{at}")),
                    Caller = $"{at % 3}",
                    Length = at % 2 == 0 ? length : null,
                    IsVouchedFor = () => at % 4 != 3,
                })))).Soon();

                foreach (var (at, receipt) in receipts.Index())
                {
                    receipt.Value();
                    Assert.Equal(ScriptedBody.Content(lengths[at]), rig.Storage.Blobs[$"inbox/{at}"].Content);
                }

                Assert.Equal(0, rig.Pool.InUseBytes);
            },
            iter: 60);

    private Task<Result<Receipt>> StoreAsync(long? length = null) =>
        _rig.StoreAsync(new Upload { Body = _body.Incoming, Destination = new(Rig.Target), Length = length });

    // All that the upload does not hold is somebody else's, who wants the whole budget.
    private Task<Sluice.Memory.Block?> WaitForTheRest() =>
        _rig.Pool.Open("another")
            .RentAsync(_rig.Memory.BudgetBytes, orLess: false, _rig.Memory.WaitTimeout, TestContext.Current.CancellationToken)
            .AsTask();

    private async Task LeaveAsync(Task<Result<Receipt>> storing)
    {
        await _rig.Client.CancelAsync();
        Assert.Equal(FailureKind.ClientGone, (await storing.Soon()).Failure?.Kind);
        Assert.Equal(0, _rig.Pool.InUseBytes);
    }
}
