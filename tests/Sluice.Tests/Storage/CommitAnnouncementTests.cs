using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>A commit is announced before it is sent, and what is said afterwards is true.</summary>
public sealed class CommitAnnouncementTests
{
    private const int OneBlock = 100;
    private const int ManyBlocks = 3 * Rig.BlockBytes;

    private readonly Rig _rig;
    private readonly RecordingAnnouncer _announcer;

    public CommitAnnouncementTests()
    {
        var storage = new ScriptedStorage();
        _announcer = new RecordingAnnouncer(storage);
        _rig = new Rig { Storage = storage, Announcer = _announcer };
    }

    [Theory]
    [InlineData(OneBlock, 0)]
    [InlineData(ManyBlocks, 3)]
    public async Task It_is_announced_before_it_is_sent_and_confirmed_afterwards(int length, int blocks)
    {
        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)), length)).Value();

        Assert.StartsWith("begin", _announcer.Log[0], StringComparison.Ordinal);
        Assert.Equal([$"announce after {blocks}", $"confirm {length}"], _announcer.Log.Skip(1));
        Assert.Equal(blocks + 1, _rig.Storage.Requests.Count);
    }

    [Fact]
    public async Task A_short_body_is_announced_before_it_is_read()
    {
        await using var sink = await _rig.OpenAsync(OneBlock);

        Assert.Equal(["begin after 0"], _announcer.Log);
    }

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task What_can_not_be_announced_is_not_committed(int length)
    {
        _announcer.Failure = new Failure(FailureKind.EventUnannounced, Phase.Seal, "No queue.");

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)))).Failed(FailureKind.EventUnannounced, Phase.Seal);

        Assert.Empty(_rig.Storage.Blobs);
        Assert.Equal("withdraw", _announcer.Log[^1]);
    }

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task What_storage_refuses_is_withdrawn(int length)
    {
        _rig.Storage.On(CommitOf(length), 0, Turn.Refuse(403, "AuthorizationFailure"));

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)))).Failed(FailureKind.StorageDenied, Phase.Seal);

        Assert.Equal("withdraw", Assert.Single(_announcer.Log, static said => said is "withdraw" || said.StartsWith("confirm", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task What_may_have_happened_stays_announced(int length)
    {
        _rig.Storage.On(CommitOf(length), 0, Turn.LoseAnswer).OnEvery(StorageOperation.GetProperties, Turn.Refuse(403, "AuthorizationFailure"));

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)))).Failed(FailureKind.StorageUnreachable, Phase.Seal);

        Assert.NotEmpty(_rig.Stored);
        Assert.DoesNotContain(_announcer.Log, static said => said is "withdraw" || said.StartsWith("confirm", StringComparison.Ordinal));
    }

    // The first attempt succeeded, the second met its blob, and nobody could look whose it is.
    [Fact]
    public async Task A_refusal_of_a_second_attempt_says_nothing_of_the_first()
    {
        _rig.Blob.MaxRetries = 1;
        _rig.Storage.On(StorageOperation.PutBlob, 0, Turn.LoseAnswer)
            .OnEvery(StorageOperation.GetProperties, Turn.Refuse(403, "AuthorizationFailure"));

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(OneBlock)), condition: new WriteCondition(null, "*")))
            .Failed(FailureKind.PreconditionFailed, Phase.Seal);

        Assert.DoesNotContain("withdraw", _announcer.Log);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_withdrawn()
    {
        await using (var sink = await _rig.OpenAsync(OneBlock))
        {
            using var guarded = _rig.Guard(ScriptedBody.Of(ScriptedBody.Content(OneBlock - 1)), OneBlock);
            Assert.NotNull(await sink.TransferAsync(guarded, _rig.Client.Token));
        }

        Assert.Equal("withdraw", _announcer.Log[^1]);
    }

    private static StorageOperation CommitOf(int length) =>
        length <= Rig.BlockBytes ? StorageOperation.PutBlob : StorageOperation.PutBlockList;
}
