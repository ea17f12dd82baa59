using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>Between the announcement of a commit and its end, nobody else goes on; and nobody waits for ever for one who died.</summary>
public sealed class CommitTests
{
    private const int Length = 150_000;

    private readonly Instances _all = new();
    private readonly Rig _old;
    private readonly Rig _new;
    private readonly byte[] _bytes = Instances.Bytes(1, Length);

    public CommitTests()
    {
        (_old, _new) = (_all.New(), _all.New());
        _all.Ticket = _all.Ticket with { Length = Length };
    }

    [Fact]
    public async Task While_a_commit_is_on_its_way_others_wait_and_are_told_that_it_is_complete()
    {
        var (commit, old) = await CommittingAsync(StorageOperation.PutBlockList);
        var (find, append) = (_all.FindAsync(_new), _all.AppendAsync(_new, Length, []));
        _all.Advance(TimeSpan.FromSeconds(1));

        commit.Open();
        Assert.True((await old.Soon()).Value().IsComplete);
        await AdvanceAsync(TimeSpan.FromSeconds(1), find, append);

        // Of two that wait, one is older.
        Assert.Single(
            new[] { await find, await append },
            static result => result.Failure is null || result.Failure.Kind != FailureKind.UploadTakenOver);
        Assert.True((await _all.FindAsync(_new).Soon()).Value().IsComplete);
        Assert.Equal(_bytes, _all.Stored);
    }

    [Fact]
    public async Task Who_waits_long_enough_is_told_to_ask_again()
    {
        var (commit, old) = await CommittingAsync(StorageOperation.PutBlockList);

        foreach (var ask in (Func<Task<Result<UploadStatus>>>[])[
            () => _all.FindAsync(_new), () => _all.AppendAsync(_new, Length, []), () => _all.CancelAsync(_new)])
        {
            var asked = ask();
            await AdvanceAsync(TimeSpan.FromSeconds(1), asked);
            Assert.Equal(TimeSpan.FromSeconds(5), (await asked).Failed(FailureKind.UploadBusy, Phase.Open).RetryAfter);
        }

        Assert.Null(_all.Stored);
        commit.Open();
        Assert.True((await old.Soon()).Value().IsComplete);
        Assert.Equal(_bytes, _all.Stored);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_a_writer_died_after_its_announcement_another_one_completes_the_upload_45_seconds_later(bool beforeItsCommit)
    {
        var (gate, old) = beforeItsCommit
            ? await CommittingAsync(StorageOperation.PutBlockList)
            : await CommittingAsync(StorageOperation.GetBlockList);
        _all.Advance(TimeSpan.FromSeconds(35));
        var early = _all.FindAsync(_new);
        await AdvanceAsync(TimeSpan.FromSeconds(1), early);
        (await early).Failed(FailureKind.UploadBusy, Phase.Open);
        _all.Advance(TimeSpan.FromSeconds(10));

        var found = (await _all.FindAsync(_new).Soon()).Value();

        Assert.Equal((Length, true), (found.Offset, found.IsComplete));
        Assert.Equal(_bytes, _all.Stored);

        // It was not dead, but slow.
        gate.Open();
        Assert.True((await old.Soon()).Failure is not null || (await old).Value().IsComplete);
        Assert.Equal(_bytes, _all.Stored);
    }

    [Fact]
    public async Task A_commit_that_could_only_begin_when_others_no_longer_wait_for_it_is_not_begun()
    {
        await CreateAsync();
        var close = _all.Hold(ChainBlockKind.Close);
        var append = _all.AppendAsync(_old, 0, _bytes);
        await close.Reached.Soon();

        _all.Advance(TimeSpan.FromSeconds(31));
        close.Open();

        (await append.Soon()).Failed(FailureKind.StorageStalled, Phase.Seal);
        Assert.Null(_all.Stored);
        _all.Advance(TimeSpan.FromSeconds(46));
        Assert.True((await _all.FindAsync(_new).Soon()).Value().IsComplete);
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(600)]
    public async Task A_commit_by_the_request_that_created_the_upload_is_announced_by_storage_s_clock_too(int secondsAhead)
    {
        var commit = _all.Hold(StorageOperation.PutBlockList);
        var create = _all.CreateAsync(_all.New(TimeSpan.FromSeconds(secondsAhead)), _bytes);
        await commit.Reached.Soon();

        var find = _all.FindAsync(_new);
        await AdvanceAsync(TimeSpan.FromSeconds(1), find);
        (await find).Failed(FailureKind.UploadBusy, Phase.Open);

        _all.Advance(TimeSpan.FromSeconds(46));
        Assert.True((await _all.FindAsync(_new).Soon()).Value().IsComplete);
        commit.Open();
        await create.Soon();
        Assert.Equal(_bytes, _all.Stored);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_whose_answer_was_lost_has_happened(bool onlyOnce)
    {
        _all.Ticket = _all.Ticket with { CreateOnly = onlyOnce };
        var (commit, old) = await CommittingAsync(StorageOperation.PutBlockList);

        commit.Open(Turn.LoseAnswer);

        Assert.True((await old.Soon()).Value().IsComplete);
        Assert.Equal(_bytes, _all.Stored);
    }

    [Fact]
    public async Task A_commit_of_which_nobody_knows_whether_it_happened_is_found_by_the_next_who_asks()
    {
        var (commit, old) = await CommittingAsync(StorageOperation.PutBlockList);
        var look = _all.Hold(StorageOperation.GetProperties);

        commit.Open(Turn.LoseAnswer);
        await look.Reached.Soon();
        look.Open(Turn.Throw(Turn.Reset()));

        (await old.Soon()).Failed(FailureKind.StorageUnreachable, Phase.Seal);
        Assert.True((await _all.FindAsync(_new).Soon()).Value().IsComplete);
        Assert.Equal(_bytes, _all.Stored);
    }

    [Theory]
    [InlineData(ChainBlockKind.Open)]
    [InlineData(ChainBlockKind.Link)]
    [InlineData(ChainBlockKind.Data)]
    [InlineData(ChainBlockKind.Close)]
    public async Task A_mark_whose_answer_was_lost_is_no_harm(object lost)
    {
        await CreateAsync();
        var gate = _all.Hold((ChainBlockKind)lost);
        var append = _all.AppendAsync(_old, 0, _bytes);
        await gate.Reached.Soon();

        gate.Open(Turn.LoseAnswer);

        Assert.Equal(FailureKind.StorageUnreachable, (await append.Soon()).Failure!.Kind);
        _all.Advance(TimeSpan.FromSeconds(46));
        var found = (await _all.FindAsync(_new).Soon()).Value();
        _all.Advance(TimeSpan.FromSeconds(1));
        if (!found.IsComplete)
        {
            found = (await _all.AppendAsync(_new, found.Offset, _bytes[(int)found.Offset..]).Soon()).Value();
        }

        Assert.Equal((Length, true), (found.Offset, found.IsComplete));
        Assert.Equal(_bytes, _all.Stored);
    }

    [Fact]
    public async Task A_commit_that_storage_refuses_is_withdrawn_at_once()
    {
        _all.Storage.Put(Rig.Target.ToString(), [7]);
        await CreateAsync();

        (await _all.AppendAsync(_old, 0, _bytes).Soon()).Failed(FailureKind.PreconditionFailed, Phase.Seal);

        _all.Advance(TimeSpan.FromMilliseconds(1));
        (await _all.FindAsync(_new).Soon()).Failed(FailureKind.PreconditionFailed, Phase.Seal);
        Assert.Equal([7], _all.Stored!);
    }

    [Theory]
    [InlineData(400, "InvalidHeaderValue", true)]
    [InlineData(403, "AuthorizationFailure", true)]
    [InlineData(404, "ContainerNotFound", true)]
    [InlineData(409, "BlobImmutableDueToPolicy", true)]
    [InlineData(429, "TooManyRequests", true)]
    [InlineData(503, "ServerBusy", true)]
    [InlineData(500, "OperationTimedOut", false)]
    [InlineData(500, "InternalError", false)]
    [InlineData(502, "", false)]
    public async Task Who_comes_after_a_commit_that_failed_waits_only_where_it_may_happen_yet(int status, string code, bool isRefusal)
    {
        var (commit, old) = await CommittingAsync(StorageOperation.PutBlockList);
        _all.Storage.OnEvery(StorageOperation.PutBlockList, Turn.Refuse(status, code));
        commit.Open(Turn.Refuse(status, code));
        await AdvanceAsync(TimeSpan.FromSeconds(1), old);
        Assert.NotNull((await old).Failure);
        _all.Advance(TimeSpan.FromMilliseconds(1));

        var find = _all.FindAsync(_new);
        await AdvanceAsync(TimeSpan.FromSeconds(1), find);

        Assert.NotEqual(isRefusal, (await find).Failure?.Kind == FailureKind.UploadBusy);
    }

    [Fact]
    public async Task Nobody_waits_for_a_commit_that_was_not_tried()
    {
        _all.Ticket = _all.Ticket with { CreateOnly = false };
        var (look, old) = await CommittingAsync(StorageOperation.GetProperties);
        look.Open(Turn.Throw(Turn.Reset()));
        Assert.Equal(FailureKind.StorageUnreachable, (await old.Soon()).Failure?.Kind);
        _all.Advance(TimeSpan.FromMilliseconds(1));

        Assert.NotEqual(FailureKind.UploadBusy, (await _all.FindAsync(_new).Soon()).Failure?.Kind);
    }

    private async Task CreateAsync()
    {
        (await _all.CreateAsync(_old).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
    }

    // An upload that is announced to be complete, and whose commit, or the list before it, is held.
    private async Task<(Gate Gate, Task<Result<UploadStatus>> Writer)> CommittingAsync(StorageOperation at)
    {
        await CreateAsync();
        var closed = false;
        var gate = _all.Hold(request =>
        {
            closed |= Instances.Says(request) is { Kind: ChainBlockKind.Close };
            return closed && request.Operation == at;
        });
        var writer = _all.AppendAsync(_old, 0, _bytes);
        await gate.Reached.Soon();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        return (gate, writer);
    }

    private async Task AdvanceAsync(TimeSpan step, params Task[] until)
    {
        for (var seconds = 0; seconds < 8 && !Array.TrueForAll(until, static task => task.IsCompleted); seconds++)
        {
            _all.Advance(step);
            await Task.Yield();
        }

        await Task.WhenAll(until).Soon();
    }
}
