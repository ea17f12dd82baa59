using System.Security.Cryptography;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Body;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>When an upload is whole, when it is given up, and when it can't become what was declared.</summary>
public sealed class UploadEndTests
{
    private const int Length = 150_000;

    private readonly Instances _all = new();
    private readonly Rig _old;
    private readonly Rig _new;
    private readonly byte[] _bytes = Instances.Bytes(1, Length);

    public UploadEndTests() => (_old, _new) = (_all.New(), _all.New());

    [Fact]
    public async Task All_of_an_upload_in_one_request_that_is_not_what_was_declared_never_becomes_visible()
    {
        _all.Ticket = _all.Ticket with { Length = Length, Sha256 = new Digest(DigestAlgorithm.Sha256, SHA256.HashData([1])) };
        await CreateAsync();

        (await _all.AppendAsync(_old, 0, _bytes).Soon()).Failed(FailureKind.DigestMismatch, Phase.Seal);

        _all.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((0, false), (await _all.FindAsync(_new).Soon()).Value() is var status ? (status.Offset, status.IsComplete) : default);
        Assert.Null(_all.Stored);
    }

    [Fact]
    public async Task A_digest_that_was_declared_is_checked_whoever_completes_the_upload()
    {
        // All bytes are there before anybody says that they are all.
        _all.Ticket = _all.Ticket with { Sha256 = new Digest(DigestAlgorithm.Sha256, SHA256.HashData([1])) };
        await CreateAsync();
        (await _all.AppendAsync(_old, 0, _bytes).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        (await _all.AppendAsync(_old, Instances.Append(Length, []) with { UploadLength = Length }).Soon()).Failed(
            FailureKind.DigestMismatch, Phase.Seal);
        _all.Advance(TimeSpan.FromMilliseconds(1));

        (await _all.FindAsync(_new).Soon()).Failed(FailureKind.DigestMismatch, Phase.Seal);

        Assert.Null(_all.Stored);
    }

    [Theory]
    [InlineData(409, "LeaseIdMissing")]
    [InlineData(412, "LeaseIdMissing")]
    [InlineData(400, "InvalidBlockList")]
    [InlineData(400, "InvalidBlobOrBlock")]
    public async Task A_block_that_storage_refuses_ends_the_request_that_would_have_completed_the_upload(int status, string code)
    {
        foreach (var dialect in Enum.GetValues<UploadDialect>())
        {
            foreach (var refused in Enumerable.Range(0, 3))
            {
                var all = new Instances();
                all.Ticket = all.Ticket with
                {
                    Length = Length,
                    Dialect = dialect,
                    Sha256 = new Digest(DigestAlgorithm.Sha256, SHA256.HashData(_bytes))
                };
                var (one, other) = (all.New(), all.New());
                (await all.CreateAsync(one).Soon()).Value();
                all.Advance(TimeSpan.FromMilliseconds(1));
                all.Hold(request => Instances.Says(request) is { Kind: ChainBlockKind.Data } data && data.First == refused * Rig.BlockBytes)
                    .Open(Turn.Refuse(status, code));

                Assert.NotNull((await all.AppendAsync(one, 0, _bytes, completes: dialect == UploadDialect.Http).Soon()).Failure);

                Assert.Null(all.Stored);
                all.Advance(TimeSpan.FromMilliseconds(1));
                var found = (await all.FindAsync(other).Soon()).Value();
                Assert.Equal((0, false), (found.Offset, found.IsComplete));
                all.Advance(TimeSpan.FromMilliseconds(1));
                Assert.True((await all.AppendAsync(other, 0, _bytes, completes: dialect == UploadDialect.Http).Soon()).Value().IsComplete);
                Assert.Equal(_bytes, all.Stored);
            }
        }
    }

    [Fact]
    public async Task An_append_whose_checksum_is_wrong_can_be_sent_again()
    {
        _all.Ticket = _all.Ticket with { Length = Length };
        await CreateAsync();
        var digest = new Digest(DigestAlgorithm.Sha1, CryptographicOperations.HashData(HashAlgorithmName.SHA1, _bytes));

        (await _all.AppendAsync(_old, 0, Instances.Bytes(2, Length), digest: digest).Soon()).Failed(FailureKind.DigestMismatch, Phase.Seal);
        _all.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, (await _all.FindAsync(_new).Soon()).Value().Offset);
        _all.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True((await _all.AppendAsync(_new, 0, _bytes, digest: digest).Soon()).Value().IsComplete);
        Assert.Equal(_bytes, _all.Stored);
    }

    [Fact]
    public async Task An_upload_that_is_whole_when_its_time_is_over_is_complete()
    {
        _all.Ticket = _all.Ticket with { Length = Length };
        await CreateAsync();
        var body = new ScriptedBody().Then(_bytes).Then(() => _all.Advance(_old.Resumable.MaxAppendDuration));

        var status = (await _all.AppendAsync(_old, new Append { Body = body.Incoming, Offset = 0 }).Soon()).Value();

        Assert.Equal((Length, true), (status.Offset, status.IsComplete));
        Assert.Equal(_bytes, _all.Stored);
    }

    [Fact]
    public async Task An_append_whose_time_is_over_is_told_how_far_it_came()
    {
        _all.Ticket = _all.Ticket with { Length = 2 * Length };
        await CreateAsync();
        var body = new ScriptedBody().Then(_bytes).Then(() => _all.Advance(_old.Resumable.MaxAppendDuration));

        var status = (await _all.AppendAsync(_old, new Append { Body = body.Incoming, Offset = 0, Length = 2 * Length }).Soon()).Value();

        Assert.Equal((Length, false), (status.Offset, status.IsComplete));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(null)]
    public async Task A_length_that_is_less_than_what_is_there_is_not_taken_for_one(long? declared)
    {
        await CreateAsync();
        (await _all.AppendAsync(_old, 0, _bytes).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));

        (await _all.AppendAsync(
            _old,
            new Append { Body = ScriptedBody.Arrived([]).Incoming, Offset = Length, Length = declared, UploadLength = Length - 1 }).Soon())
            .Failed(FailureKind.UploadLengthInconsistent, Phase.Admit);

        _all.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(
            (await _all.AppendAsync(_old, Instances.Append(Length, _bytes) with { UploadLength = 2 * Length }).Soon()).Value().IsComplete);
    }

    [Fact]
    public async Task A_length_that_is_told_late_has_the_limit_of_one_that_is_told_early()
    {
        _old.Resumable.MaxBytes = Length;
        await CreateAsync();

        var failure = (await _all.AppendAsync(_old, Instances.Append(0, _bytes) with { UploadLength = Length + 1 }).Soon()).Failed(
            FailureKind.BodyTooLarge, Phase.Admit);

        Assert.Equal(Length, failure.LimitBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_says_that_it_brings_more_than_the_limit_is_refused_before_it_is_read(bool creation)
    {
        _old.Resumable.MaxBytes = Length;
        var body = ScriptedBody.Of(_bytes);
        var append = new Append { Body = body.Incoming, Offset = 0, Length = Length + 1 };
        if (!creation)
        {
            await CreateAsync();
        }

        using var watch = _old.Watches.Begin(_old.Client.Token);
        var result = creation
            ? await _old.Uploads.CreateAsync(_all.Ticket, append, watch)
            : await _old.Uploads.AppendAsync(_all.Ticket, append, watch);

        Assert.Equal(Length, result.Failed(FailureKind.BodyTooLarge, Phase.Admit).LimitBytes);
        Assert.Equal(0, body.Reads);
        Assert.DoesNotContain(
            _all.Storage.Of(StorageOperation.PutBlock), static request => Instances.Says(request) is { Kind: ChainBlockKind.Data });
    }

    [Fact]
    public async Task After_an_upload_was_given_up_nobody_completes_it()
    {
        // The writer had begun when it was given up, and is the newer of the two.
        var (cancel, given) = await BeginToGiveUpAsync();
        var close = _all.Hold(ChainBlockKind.Close);
        var append = _all.AppendAsync(_old, 0, _bytes);
        await close.Reached.Soon();

        cancel.Open();
        (await given.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
        close.Open();

        (await append.Soon()).Failed(FailureKind.UploadGone, Phase.Open);
        (await _all.FindAsync(_new).Soon()).Failed(FailureKind.UploadGone, Phase.Open);
        Assert.Null(_all.Stored);
    }

    [Fact]
    public async Task An_upload_that_is_given_up_while_it_is_committed_is_not_gone()
    {
        var (cancel, given) = await BeginToGiveUpAsync();
        var commit = _all.Hold(StorageOperation.PutBlockList);
        var append = _all.AppendAsync(_old, 0, _bytes);
        await commit.Reached.Soon();
        cancel.Open();
        (await given.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
        _all.Advance(TimeSpan.FromMilliseconds(1));

        var found = _all.FindAsync(_new);
        commit.Open();
        Assert.True((await append.Soon()).Value().IsComplete);
        _all.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await found.Soon()).Value().IsComplete);
    }

    [Fact]
    public async Task An_upload_that_was_completed_before_it_could_be_given_up_was_not_given_up()
    {
        var (cancel, given) = await BeginToGiveUpAsync();
        Assert.True((await _all.AppendAsync(_old, 0, _bytes).Soon()).Value().IsComplete);

        cancel.Open();

        (await given.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
        Assert.True((await _all.FindAsync(_new).Soon()).Value().IsComplete);
    }

    [Fact]
    public async Task What_was_given_up_is_gone()
    {
        await CreateAsync();
        (await _all.AppendAsync(_old, 0, _bytes).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        (await _all.CancelAsync(_new).Soon()).Value();

        (await _all.FindAsync(_old).Soon()).Failed(FailureKind.UploadGone, Phase.Open);
        (await _all.AppendAsync(_old, Length, _bytes).Soon()).Failed(FailureKind.UploadGone, Phase.Open);
        (await _all.CancelAsync(_old).Soon()).Failed(FailureKind.UploadGone, Phase.Open);
    }

    // Its mark is held up; whoever comes now is the newer of the two.
    private async Task<(Gate Cancel, Task<Result<UploadStatus>> Given)> BeginToGiveUpAsync()
    {
        _all.Ticket = _all.Ticket with { Length = Length };
        await CreateAsync();
        var cancel = _all.Hold(ChainBlockKind.Cancel);
        var given = _all.CancelAsync(_new);
        await cancel.Reached.Soon();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        return (cancel, given);
    }

    private async Task CreateAsync()
    {
        (await _all.CreateAsync(_old).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
    }
}
