using System.Security.Cryptography;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Body;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>What clients are told of an upload that is over, or that can't go on; and what a complete one says of its blob.</summary>
public sealed class UploadRefusalTests
{
    private const int Length = 150_000;

    private readonly Instances _all = new();
    private readonly Rig _rig;
    private readonly byte[] _bytes = Instances.Bytes(1, Length);

    public UploadRefusalTests() => _rig = _all.New();

    // Each request about it, after its time.
    [Fact]
    public async Task An_upload_that_has_expired_is_gone()
    {
        await CreateAsync();
        _all.Advance(TimeSpan.FromDays(6));

        await AssertAllAsync(FailureKind.UploadGone, Phase.Open);

        // Nor is it another one that has its name now.
        _all.Storage.Put(Rig.Target.ToString(), [7]);
        await AssertAllAsync(FailureKind.UploadGone, Phase.Open);
    }

    [Fact]
    public async Task An_upload_that_was_completed_before_it_expired_is_complete()
    {
        _all.Ticket = _all.Ticket with { Length = Length };
        await CreateAsync();
        (await _all.AppendAsync(_rig, 0, _bytes).Soon()).Value();
        _all.Advance(TimeSpan.FromDays(6));

        (await _all.AppendAsync(_rig, Length, _bytes).Soon()).Failed(FailureKind.UploadCompleted, Phase.Open);
        (await _all.CancelAsync(_rig).Soon()).Failed(FailureKind.UploadCompleted, Phase.Open);
        var found = (await _all.FindAsync(_rig).Soon()).Value();
        Assert.Equal((Length, true, Length), (found.Offset, found.IsComplete, found.Stored?.Length));
    }

    // An upload is not said to be gone because storage can't be asked.
    [Fact]
    public async Task What_storage_can_not_say_of_an_upload_is_no_end_of_it()
    {
        await CreateAsync();
        _all.Advance(TimeSpan.FromDays(6));
        _all.Storage.OnEvery(StorageOperation.GetProperties, Turn.Refuse(403, "AuthorizationFailure"));

        (await _all.AppendAsync(_rig, 0, _bytes).Soon()).Failed(FailureKind.StorageDenied, Phase.Read);
        (await _all.FindAsync(_rig).Soon()).Failed(FailureKind.StorageDenied, Phase.Read);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_request_that_completes_an_upload_says_what_was_committed(bool declared)
    {
        var sha256 = new Digest(DigestAlgorithm.Sha256, SHA256.HashData(_bytes));
        _all.Ticket = _all.Ticket with { Length = Length, Sha256 = declared ? sha256 : null };
        await CreateAsync();

        var status = (await _all.AppendAsync(_rig, 0, _bytes).Soon()).Value();

        Assert.Equal(sha256.Base64, Assert.Single(status.Digests).Base64);
        Assert.NotEmpty(status.Committed!.ETag);
    }

    // A digest of the last part is none of the whole.
    [Fact]
    public async Task The_last_of_several_requests_says_nothing_of_digests()
    {
        _all.Ticket = _all.Ticket with { Length = Length };
        await CreateAsync();
        await AppendAsync(0, _bytes[..1_000]);

        Assert.Empty((await _all.AppendAsync(_rig, 1_000, _bytes[1_000..]).Soon()).Value().Digests);
    }

    [Fact]
    public async Task A_request_that_breaks_off_completes_nothing_though_it_said_that_it_is_the_last()
    {
        _all.Ticket = _all.Ticket with { Dialect = UploadDialect.Http };
        await CreateAsync();
        var body = new ScriptedBody().Then(_bytes);
        body.Then(() => body.Leave());

        (await _all.AppendAsync(_rig, new Append { Body = body.Incoming, Offset = 0, Completes = true }).Soon()).Failed(
            FailureKind.ClientGone, Phase.Transfer);

        _all.Advance(TimeSpan.FromMilliseconds(1));
        var found = (await _all.FindAsync(_rig).Soon()).Value();
        Assert.Equal((Length, false), (found.Offset, found.IsComplete));
        Assert.Null(_all.Stored);
    }

    [Fact]
    public async Task Bytes_with_a_checksum_that_take_too_long_count_for_nothing()
    {
        _all.Ticket = _all.Ticket with { Length = 2 * Length };
        await CreateAsync();
        var body = new ScriptedBody().Then(_bytes).Then(() => _all.Advance(_rig.Resumable.MaxAppendDuration));

        (await _all.AppendAsync(
            _rig,
            new Append
            {
                Body = body.Incoming,
                Offset = 0,
                Length = 2 * Length,
                Digests = [new Digest(DigestAlgorithm.Sha1, CryptographicOperations.HashData(HashAlgorithmName.SHA1, _bytes))],
            }).Soon()).Failed(FailureKind.ClientStalled, Phase.Transfer);

        _all.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, (await _all.FindAsync(_rig).Soon()).Value().Offset);
    }

    // Its client expects the response to the whole, and would take anything else for it.
    [Fact]
    public async Task A_request_that_brings_all_of_an_upload_may_take_longer_than_an_append()
    {
        _all.Ticket = _all.Ticket with { Dialect = UploadDialect.Http };
        var body = new ScriptedBody().Then(_bytes.AsMemory(..1_000)).Then(() => _all.Advance(2 * _rig.Resumable.MaxAppendDuration))
            .Then(_bytes.AsMemory(1_000..)).ThenEnd();
        var all = new Append { Body = body.Incoming, Offset = 0, Completes = true, IsTimed = false };
        _rig.Body.IdleTimeout = TimeSpan.FromHours(1);
        using var watch = _rig.Watches.Begin(_rig.Client.Token);

        Assert.True((await _rig.Uploads.CreateAsync(_all.Ticket, all, watch).AsTask().Soon()).Value().IsComplete);
        Assert.Equal(_bytes, _all.Stored);
    }

    [Fact]
    public async Task An_upload_that_used_up_its_blocks_can_not_go_on()
    {
        _rig.Blob.MaxBlocks = 2;
        await CreateAsync();
        await AppendAsync(0, [1]);
        await AppendAsync(1, [2]);

        (await _all.AppendAsync(_rig, 2, [3]).Soon()).Failed(FailureKind.UploadExhausted, Phase.Admit);
    }

    [Fact]
    public async Task What_was_never_begun_is_gone() =>
        (await _all.FindAsync(_rig).Soon()).Failed(FailureKind.UploadGone, Phase.Open);

    // An upload without bytes may be a blob without blocks.
    [Fact]
    public async Task An_upload_without_bytes_is_as_unknown_as_the_blob_of_its_name()
    {
        await CreateAsync();
        _all.Storage.OnEvery(StorageOperation.GetProperties, Turn.Refuse(403, "AuthorizationFailure"));

        (await _all.FindAsync(_rig).Soon()).Failed(FailureKind.StorageDenied, Phase.Read);
    }

    [Fact]
    public async Task A_client_that_leaves_while_storage_lists_blocks_is_the_reason()
    {
        await CreateAsync();
        var list = _all.Hold(StorageOperation.GetBlockList);
        var find = _all.FindAsync(_rig);
        await list.Reached.Soon();

        await _rig.Client.CancelAsync();

        (await find.Soon()).Failed(FailureKind.ClientGone, Phase.Read);
        list.Open();
    }

    [Fact]
    public async Task A_blob_that_is_replaced_at_every_attempt_is_not_overwritten_blindly()
    {
        _all.Ticket = _all.Ticket with { Length = Length, CreateOnly = false };
        await CreateAsync();
        _all.Storage.OnEvery(StorageOperation.PutBlockList, Turn.Refuse(412, "ConditionNotMet"));

        (await _all.AppendAsync(_rig, 0, _bytes).Soon()).Failed(FailureKind.PreconditionFailed, Phase.Seal);

        Assert.Equal(3, _all.Storage.Of(StorageOperation.PutBlockList).Count);
    }

    [Fact]
    public async Task The_digest_so_far_that_can_not_be_kept_ends_the_append()
    {
        _all.Ticket = _all.Ticket with { Sha256 = new Digest(DigestAlgorithm.Sha256, SHA256.HashData(_bytes)) };
        await CreateAsync();
        _all.Hold(ChainBlockKind.Digest).Open(Turn.Refuse(403, "AuthorizationFailure"));

        (await _all.AppendAsync(_rig, 0, _bytes[..1_000]).Soon()).Failed(FailureKind.StorageDenied, Phase.Seal);
    }

    // Of two instances the one whose clock is behind still takes over from the other.
    [Fact]
    public async Task An_instance_whose_clock_is_behind_goes_on_with_what_another_began()
    {
        _all.Ticket = _all.Ticket with { Length = Length };
        var behind = _all.New(TimeSpan.FromMinutes(-10));
        await CreateAsync();
        await AppendAsync(0, _bytes[..1_000]);

        Assert.True((await _all.AppendAsync(behind, 1_000, _bytes[1_000..]).Soon()).Value().IsComplete);
    }

    // The announcement of a commit has the time at which it was made, however long the bytes took before it.
    [Fact]
    public async Task A_commit_after_a_long_transfer_is_as_new_as_any()
    {
        _all.Ticket = _all.Ticket with { Length = Length };
        await CreateAsync();
        var body = new ScriptedBody().Then(_bytes.AsMemory(..^1)).Then(() => _all.Advance(TimeSpan.FromSeconds(100)))
            .Then(_bytes.AsMemory(^1)).ThenEnd();
        var commit = _all.Hold(StorageOperation.PutBlockList);
        var append = _all.AppendAsync(_rig, new Append { Body = body.Incoming, Offset = 0, Length = Length });
        await commit.Reached.Soon();

        var find = _all.FindAsync(_all.New());
        while (!find.IsCompleted)
        {
            _all.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await find).Failed(FailureKind.UploadBusy, Phase.Open);
        commit.Open();
        Assert.True((await append.Soon()).Value().IsComplete);
    }

    private async Task AssertAllAsync(FailureKind kind, Phase phase)
    {
        (await _all.AppendAsync(_rig, 0, _bytes).Soon()).Failed(kind, phase);
        (await _all.FindAsync(_rig).Soon()).Failed(kind, Phase.Open);
        (await _all.CancelAsync(_rig).Soon()).Failed(kind, phase);
    }

    private async Task CreateAsync()
    {
        (await _all.CreateAsync(_rig).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
    }

    private async Task AppendAsync(long offset, byte[] bytes)
    {
        (await _all.AppendAsync(_rig, offset, bytes).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
    }
}
