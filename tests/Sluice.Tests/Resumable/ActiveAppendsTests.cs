using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>
/// Whoever takes an upload over on the instance that is just taking bytes of it waits until these are in storage, and not for ever.
/// </summary>
public sealed class ActiveAppendsTests
{
    private const int Arrived = 2 * Rig.BlockBytes + 5_000;

    private readonly Instances _all = new();
    private readonly Rig _rig;
    private readonly ScriptedBody _body = new();
    private readonly byte[] _bytes = Instances.Bytes(1, 300_000);

    public ActiveAppendsTests() => _rig = _all.New();

    public enum Asks
    {
        Look,
        WrongOffset,
        GiveUp,
    }

    [Theory]
    [InlineData(Asks.Look)]
    [InlineData(Asks.WrongOffset)]
    [InlineData(Asks.GiveUp)]
    public async Task Of_a_request_that_was_cut_all_that_arrived_is_told_though_it_is_still_on_its_way_to_storage(Asks asks)
    {
        var flush = HoldLastBlock();
        var append = await BeginAsync();
        _body.Leave();
        await flush.Reached.Soon();

        var asked = AskAsync(asks);
        Assert.False(asked.IsCompleted);
        flush.Open();

        Assert.Equal(Arrived, await asked.Soon());
        (await append.Soon()).Failed(FailureKind.ClientGone, Phase.Transfer);
        Assert.Equal(
            Arrived,
            _all.Storage.Requests.Select(static request => Instances.Says(request) is { Kind: ChainBlockKind.Data } data ? data.Second : 0)
                .Max());
    }

    [Theory]
    [InlineData(Asks.Look)]
    [InlineData(Asks.WrongOffset)]
    [InlineData(Asks.GiveUp)]
    public async Task A_client_that_is_still_sending_is_stopped_and_told_that_it_was_taken_over(Asks asks)
    {
        var append = await BeginAsync();

        Assert.Equal(Arrived, await AskAsync(asks).Soon());

        (await append.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
        Assert.Equal(0, _rig.Pool.InUseBytes);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_two_seconds()
    {
        var flush = HoldLastBlock();
        var append = await BeginAsync();
        _body.Leave();
        await flush.Reached.Soon();
        var look = _all.FindAsync(_rig);
        _all.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(look.IsCompleted);

        _all.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(2 * Rig.BlockBytes, (await look.Soon()).Value().Offset);
        flush.Open();
        Assert.NotNull((await append.Soon()).Failure);
        _all.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2 * Rig.BlockBytes, (await _all.FindAsync(_rig).Soon()).Value().Offset);
    }

    [Fact]
    public async Task A_request_that_brings_the_last_byte_while_somebody_asks_completes_the_upload_and_is_told_so()
    {
        _all.Ticket = _all.Ticket with { Length = Arrived };
        var append = await BeginAsync();

        var status = (await _all.FindAsync(_rig).Soon()).Value();

        Assert.Equal((Arrived, true), (status.Offset, status.IsComplete));
        Assert.True((await append.Soon()).Value().IsComplete);
        Assert.Equal(_bytes[..Arrived], _all.Stored);
    }

    [Fact]
    public async Task Bytes_whose_checksum_can_not_be_checked_any_more_do_not_count_when_somebody_asks()
    {
        (await _all.CreateAsync(_rig).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        _body.Then(_bytes.AsMemory(0, Arrived));
        var append = _all.AppendAsync(
            _rig,
            new Append
            {
                Body = _body.Incoming,
                Offset = 0,
                Digests = [new Sluice.Digests.Digest(Sluice.Digests.DigestAlgorithm.Crc32, [1, 2, 3, 4])]
            });
        Assert.True(_body.IsReadPending);
        _all.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(0, await AskAsync(Asks.Look).Soon());

        (await append.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
    }

    // Its sender has sent so much, and is still there.
    private async Task<Task<Result<UploadStatus>>> BeginAsync()
    {
        (await _all.CreateAsync(_rig).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        _body.Then(_bytes.AsMemory(0, Arrived));
        var append = _all.AppendAsync(_rig, new Append { Body = _body.Incoming, Offset = 0 });
        Assert.True(_body.IsReadPending);
        _all.Advance(TimeSpan.FromMilliseconds(1));
        return append;
    }

    private Gate HoldLastBlock() => _all.Hold(static request => Instances.Says(request) is { Kind: ChainBlockKind.Data, Second: Arrived });

    private async Task<long> AskAsync(Asks what) => what switch
    {
        Asks.Look => (await _all.FindAsync(_rig)).Value().Offset,
        Asks.GiveUp => (await _all.CancelAsync(_rig)).Value().Offset,
        _ => (await _all.AppendAsync(_rig, 7, [1])).Failed(FailureKind.UploadOffsetMismatch, Phase.Admit).Offsets!.Expected,
    };
}
