using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Body;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>
/// Whoever is overtaken, at whatever moment, is told nothing, and adds nothing that was not told to the one who came after.
/// </summary>
public sealed class OvertakenWriterTests
{
    private const int Half = 100_000;

    private readonly Instances _all = new();
    private readonly Rig _old;
    private readonly Rig _new;

    public OvertakenWriterTests() => (_old, _new) = (_all.New(), _all.New());

    public enum Moment
    {
        Link,
        Data,
        Close,
        List,
    }

    [Theory]
    [InlineData(Moment.Link, 0)]
    [InlineData(Moment.Data, 0)]
    [InlineData(Moment.Close, Half)]
    [InlineData(Moment.List, Half)]
    public async Task A_writer_that_is_overtaken_is_told_nothing_and_its_bytes_count_as_far_as_the_newer_one_saw_them(
        Moment moment, int expected)
    {
        await CreateAsync();
        var gate = Hold(moment);
        var old = _all.AppendAsync(_old, 0, Instances.Bytes(1, Half));
        await gate.Reached.Soon();
        _all.Advance(TimeSpan.FromMilliseconds(1));

        var found = (await _all.FindAsync(_new).Soon()).Value();
        gate.Open();

        Assert.Equal(expected, found.Offset);
        if (moment == Moment.List)
        {
            // Once it has closed, who looks does not overtake it: both are told the same.
            Assert.Equal(expected, (await old.Soon()).Value().Offset);
        }
        else
        {
            (await old.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
        }

        Assert.Equal(expected, (await _all.FindAsync(_new).Soon()).Value().Offset);
        await CompleteAsync(Instances.Bytes(1, Half)[..expected]);
    }

    [Theory]
    [InlineData(Moment.Link)]
    [InlineData(Moment.Data)]
    [InlineData(Moment.Close)]
    public async Task A_writer_that_goes_on_after_others_have_gone_far_beyond_it_changes_nothing(Moment moment)
    {
        await CreateAsync();
        var gate = Hold(moment);
        var old = _all.AppendAsync(_old, 0, Instances.Bytes(1, 3 * Half));
        await gate.Reached.Soon();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        var at = (int)(await _all.FindAsync(_new).Soon()).Value().Offset;
        Assert.Equal(at + Half, (await _all.AppendAsync(_new, at, Instances.Bytes(2, Half)).Soon()).Value().Offset);

        gate.Open();

        (await old.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
        Assert.Equal(at + Half, (await _all.FindAsync(_new).Soon()).Value().Offset);
        await CompleteAsync([.. Instances.Bytes(1, 3 * Half)[..at], .. Instances.Bytes(2, Half)]);
    }

    [Theory]
    [InlineData(Moment.Link)]
    [InlineData(Moment.Data)]
    [InlineData(Moment.Close)]
    [InlineData(Moment.List)]
    public async Task A_writer_that_goes_on_after_another_one_has_completed_the_upload_changes_nothing(Moment moment)
    {
        // Both want to complete it, and nothing forbids to replace a blob.
        _all.Ticket = _all.Ticket with { Length = Half, CreateOnly = false };
        await CreateAsync();
        var gate = Hold(moment);
        var old = _all.AppendAsync(_old, 0, Instances.Bytes(1, Half));
        await gate.Reached.Soon();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        var mine = moment is Moment.Close or Moment.List ? [] : Instances.Bytes(2, Half);
        var newer = _all.AppendAsync(_new, Half - mine.Length, mine);
        while (!newer.IsCompleted && moment == Moment.List)
        {
            // A commit is announced; the list that is held would have withdrawn it.
            _all.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        if (moment == Moment.List)
        {
            (await newer.Soon()).Failed(FailureKind.UploadBusy, Phase.Open);
            gate.Open();
            (await old.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
            Assert.True((await _all.FindAsync(_new).Soon()).Value().IsComplete);
        }
        else
        {
            Assert.True((await newer.Soon()).Value().IsComplete);
            gate.Open();
            Assert.Contains((await old.Soon()).Failure!.Kind, (FailureKind[])[FailureKind.UploadTakenOver, FailureKind.UploadCompleted]);
        }

        Assert.Equal(mine.Length == 0 ? Instances.Bytes(1, Half) : mine, _all.Stored);
        Assert.True((await _all.FindAsync(_new).Soon()).Value().IsComplete);
        (await _all.AppendAsync(_new, 0, Instances.Bytes(3, Half)).Soon()).Failed(FailureKind.UploadOffsetMismatch, Phase.Admit);
    }

    // Otherwise a slow request would end what a newer one has been told.
    [Fact]
    public async Task A_writer_that_is_overtaken_and_brings_too_much_ends_nothing()
    {
        _all.Ticket = _all.Ticket with { Length = Half, Dialect = UploadDialect.Http };
        await CreateAsync();
        var body = new ScriptedBody();
        var old = _all.AppendAsync(_old, new Append { Body = body.Incoming, Offset = 0 });
        body.Send(Instances.Bytes(1, Half - 1));
        Assert.True(SpinWait.SpinUntil(() => _all.Storage.Staged(Rig.Target.ToString()).Sum(block => block.Value.Length) > 1_000, 60_000));
        _all.Advance(TimeSpan.FromMilliseconds(1));
        var found = (await _all.FindAsync(_new).Soon()).Value().Offset;

        body.Send(new byte[2]);
        body.End();

        (await old.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
        Assert.Equal(Rig.BlockBytes, found);
        Assert.Equal(found, (await _all.FindAsync(_new).Soon()).Value().Offset);
    }

    [Fact]
    public async Task Whoever_only_looks_and_is_overtaken_by_the_end_of_the_upload_does_not_tell_of_its_beginning()
    {
        _all.Ticket = _all.Ticket with { Length = 2 * Half };
        await CreateAsync();
        (await _all.AppendAsync(_old, 0, Instances.Bytes(1, Half)).Soon()).Value();
        // Somebody has begun, so that a look has to make sure.
        var data = _all.Hold(ChainBlockKind.Data);
        _ = _all.AppendAsync(_old, Half, Instances.Bytes(2, Half));
        await data.Reached.Soon();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        var link = _all.Hold(ChainBlockKind.Link);
        var look = _all.FindAsync(_all.New());
        await link.Reached.Soon();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await _all.AppendAsync(_new, Half, Instances.Bytes(2, Half)).Soon()).Value().IsComplete);

        link.Open();

        (await look.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
        Assert.Equal(
            (2 * Half, true), ((await _all.FindAsync(_new).Soon()).Value() is var status) ? (status.Offset, status.IsComplete) : default);
    }

    [Fact]
    public async Task The_offset_in_a_refusal_is_as_good_as_any_other()
    {
        // Of three, the second has looked before the first had written, and says where it goes on after the third has looked.
        await CreateAsync();
        var (one, other) = (_all.Hold(ChainBlockKind.Link), _all.Hold(ChainBlockKind.Link));
        var first = _all.AppendAsync(_old, 0, Instances.Bytes(1, Half));
        await one.Reached.Soon();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        var second = _all.AppendAsync(_new, 0, Instances.Bytes(2, 1_000));
        await other.Reached.Soon();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        one.Open();
        (await first.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);

        var refused = (await _all.AppendAsync(_old, 77, Instances.Bytes(3, 10)).Soon()).Failed(
            FailureKind.UploadOffsetMismatch, Phase.Admit);
        Assert.Equal(new DifferentOffsets(Half, 77), refused.Offsets);
        other.Open();
        (await second.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);

        Assert.Equal(Half, (await _all.FindAsync(_new).Soon()).Value().Offset);
        await CompleteAsync(Instances.Bytes(1, Half));
    }

    [Fact]
    public async Task Writers_are_in_order_when_the_milliseconds_since_1970_no_longer_fit_into_41_bits()
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1L << 41) - _old.Time.GetUtcNow();
        _all.Ticket = _all.Ticket with { Expires = DateTimeOffset.MaxValue };
        var (before, after) = (_all.New(at - TimeSpan.FromSeconds(1)), _all.New(at + TimeSpan.FromSeconds(1)));
        (await _all.CreateAsync(before).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(Half, (await _all.AppendAsync(before, 0, Instances.Bytes(1, Half)).Soon()).Value().Offset);
        Assert.Equal(2 * Half, (await _all.AppendAsync(after, Half, Instances.Bytes(2, Half)).Soon()).Value().Offset);
    }

    private async Task CreateAsync()
    {
        (await _all.CreateAsync(_old).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
    }

    // The list by which a writer makes sure, and not the one that it begins with.
    private Gate Hold(Moment moment) => moment switch
    {
        Moment.Link => _all.Hold(ChainBlockKind.Link),
        Moment.Data => _all.Hold(ChainBlockKind.Data),
        Moment.Close => _all.Hold(ChainBlockKind.Close),
        _ => HoldList(after: 1),
    };

    private Gate HoldList(int after)
    {
        var before = after;
        return _all.Hold(request => request.Operation == StorageOperation.GetBlockList && before-- == 0);
    }

    private async Task CompleteAsync(byte[] before)
    {
        Assert.Null(_all.Stored);
        var rest = Instances.Bytes(9, Half);
        _all.Ticket = _all.Ticket with { Dialect = UploadDialect.Http };
        _all.Advance(TimeSpan.FromMilliseconds(1));

        var status = (await _all.AppendAsync(_new, before.Length, rest, completes: true).Soon()).Value();

        Assert.Equal((before.Length + Half, true), (status.Offset, status.IsComplete));
        Assert.Equal([.. before, .. rest], _all.Stored!);
    }
}
