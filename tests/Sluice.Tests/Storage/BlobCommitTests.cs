using Azure.Identity;
using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>The one request that makes a body visible: its conditions, and what is made of its failures.</summary>
public sealed class BlobCommitTests
{
    private const int OneBlock = 100;
    private const int ManyBlocks = 3 * Rig.BlockBytes;

    private readonly Rig _rig = new();

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task A_commit_whose_answer_was_lost_is_recognized(int length)
    {
        var content = ScriptedBody.Content(length);
        _rig.Storage.On(CommitOf(length), 0, Turn.LoseAnswer);

        var committed = (await _rig.UploadAsync(ScriptedBody.Of(content))).Value();

        Assert.Equal(content, _rig.Stored);
        Assert.Equal(_rig.Storage.Blobs[Rig.Target.ToString()].ETag, committed.ETag);
    }

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task A_retried_commit_that_meets_its_own_blob_is_recognized(int length)
    {
        var content = ScriptedBody.Content(length);
        _rig.Blob.MaxRetries = 1;
        _rig.Storage.On(CommitOf(length), 0, Turn.LoseAnswer);

        var committed = (await _rig.UploadAsync(ScriptedBody.Of(content), condition: new WriteCondition(null, "*"))).Value();

        Assert.Equal(content, _rig.Stored);
        Assert.Equal(_rig.Storage.Blobs[Rig.Target.ToString()].ETag, committed.ETag);
        Assert.Equal(2, _rig.Storage.Of(CommitOf(length)).Count);
    }

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task A_commit_that_did_not_happen_is_not_taken_for_one(int length)
    {
        _rig.Storage.Put(Rig.Target.ToString(), [1, 2, 3], ("x-ms-meta-sluice_upload", Guid.NewGuid().ToString("N")));
        _rig.Storage.On(CommitOf(length), 0, Turn.CutAfter(0));

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)))).Failed(FailureKind.StorageUnreachable, Phase.Seal);

        Assert.Equal([1, 2, 3], _rig.Stored);
    }

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task A_commit_that_fails_leaves_what_was_there(int length)
    {
        _rig.Storage.Put(Rig.Target.ToString(), [1, 2, 3]);
        _rig.Storage.On(CommitOf(length), 0, Turn.Refuse(403, "AuthorizationFailure"));

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)))).Failed(FailureKind.StorageDenied, Phase.Seal);

        Assert.Equal([1, 2, 3], _rig.Stored);
    }

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task A_commit_without_a_condition_replaces_what_was_there(int length)
    {
        var content = ScriptedBody.Content(length);
        _rig.Storage.Put(Rig.Target.ToString(), [1, 2, 3]);

        (await _rig.UploadAsync(ScriptedBody.Of(content))).Value();

        Assert.Equal(content, _rig.Stored);
    }

    [Theory]
    [InlineData(null, "*", OneBlock)]
    [InlineData(null, "*", ManyBlocks)]
    [InlineData(null, "current", OneBlock)]
    [InlineData(null, "current", ManyBlocks)]
    [InlineData("\"0x1\"", null, OneBlock)]
    [InlineData("\"0x1\"", null, ManyBlocks)]
    public async Task A_condition_that_does_not_hold_is_decided_by_storage(string? ifMatch, string? ifNoneMatch, int length)
    {
        var current = _rig.Storage.Put(Rig.Target.ToString(), [1, 2, 3]);
        var condition = new WriteCondition(ifMatch, ifNoneMatch == "current" ? current.ETag : ifNoneMatch);

        var result = await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)), condition: condition);

        result.Failed(FailureKind.PreconditionFailed, Phase.Seal);
        Assert.Equal([1, 2, 3], _rig.Stored);
    }

    [Theory]
    [InlineData(-1, OneBlock)]
    [InlineData(-1, ManyBlocks)]
    [InlineData(0, OneBlock)]
    [InlineData(0, ManyBlocks)]
    public async Task A_date_is_decided_by_storage_too(int secondsLater, int length)
    {
        var current = _rig.Storage.Put(Rig.Target.ToString(), [1, 2, 3]);
        var condition = new WriteCondition(null, null) { IfUnmodifiedSince = current.LastModified.AddSeconds(secondsLater) };

        var result = await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)), condition: condition);

        Assert.Equal(secondsLater < 0 ? FailureKind.PreconditionFailed : null, result.Failure?.Kind);
        Assert.Equal(secondsLater < 0 ? 3 : length, _rig.Stored.Length);
    }

    [Theory]
    [InlineData("*", null, OneBlock)]
    [InlineData("*", null, ManyBlocks)]
    [InlineData("current", null, OneBlock)]
    [InlineData("current", null, ManyBlocks)]
    [InlineData(null, "\"0x1\"", OneBlock)]
    [InlineData(null, "\"0x1\"", ManyBlocks)]
    public async Task A_condition_that_holds_lets_the_commit_pass(string? ifMatch, string? ifNoneMatch, int length)
    {
        var current = _rig.Storage.Put(Rig.Target.ToString(), [1, 2, 3]);
        var condition = new WriteCondition(ifMatch == "current" ? current.ETag : ifMatch, ifNoneMatch);
        var content = ScriptedBody.Content(length);

        (await _rig.UploadAsync(ScriptedBody.Of(content), condition: condition)).Value();

        Assert.Equal(content, _rig.Stored);
        Assert.Equal(
            (condition.IfMatch, condition.IfNoneMatch), (Commit(length).Header("If-Match"), Commit(length).Header("If-None-Match")));
    }

    [Theory]
    [InlineData(409, "BlobImmutableDueToPolicy")]
    [InlineData(412, "LeaseIdMissing")]
    [InlineData(400, "InvalidBlockList")]
    public async Task A_commit_that_somebody_else_got_in_the_way_of_is_a_conflict(int status, string code)
    {
        _rig.Storage.On(StorageOperation.PutBlockList, 0, Turn.Refuse(status, code));

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(ManyBlocks)))).Failed(FailureKind.WriteConflict, Phase.Seal);

        Assert.Empty(_rig.Storage.Blobs);
    }

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task A_commit_that_can_not_even_be_looked_up_fails_as_it_failed(int length)
    {
        _rig.Storage.OnEvery(CommitOf(length), Turn.Refuse(503, "ServerBusy")).OnEvery(StorageOperation.GetProperties, Turn.CutAfter(0));

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)))).Failed(FailureKind.StorageThrottled, Phase.Seal);
    }

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task A_sign_in_that_fails_at_the_commit_is_a_failure_of_storage(int length)
    {
        var unsigned = Turn.Throw(new AuthenticationFailedException("Scripted."));
        _rig.Storage.OnEvery(CommitOf(length), unsigned).OnEvery(StorageOperation.GetProperties, unsigned);

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)))).Failed(FailureKind.StorageDenied, Phase.Seal);
    }

    [Fact]
    public async Task A_look_up_after_a_failed_commit_does_not_carry_the_checksum_of_the_block()
    {
        _rig.Storage.On(StorageOperation.PutBlob, 0, Turn.LoseAnswer);

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(OneBlock)))).Value();

        Assert.Null(Assert.Single(_rig.Storage.Of(StorageOperation.GetProperties)).Header("x-ms-content-crc64"));
    }

    private static StorageOperation CommitOf(int length) =>
        length > Rig.BlockBytes ? StorageOperation.PutBlockList : StorageOperation.PutBlob;

    private StorageRequest Commit(int length) => Assert.Single(_rig.Storage.Of(CommitOf(length)));
}
