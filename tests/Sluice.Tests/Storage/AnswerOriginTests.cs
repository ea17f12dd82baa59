using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>A success counts when storage itself says so.</summary>
public sealed class AnswerOriginTests
{
    private const int OneBlock = 100;
    private const int ManyBlocks = 3 * Rig.BlockBytes;

    private readonly Rig _rig = new();

    public static TheoryData<int, string> Requests => new()
    {
        { OneBlock, nameof(StorageOperation.PutBlob) },
        { ManyBlocks, nameof(StorageOperation.PutBlock) },
        { ManyBlocks, nameof(StorageOperation.PutBlockList) },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_success_that_something_in_between_pretends_is_a_failure_and_nothing_is_stored(int length, string operation)
    {
        foreach (var status in (int[])[200, 201, 204, 302])
        {
            _rig.Storage.OnEvery(Enum.Parse<StorageOperation>(operation), Turn.Pretend(status));

            var failure = (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)))).Failure;

            Assert.Equal(FailureKind.StorageUnreachable, failure?.Kind);
            Assert.Contains($"returned {status} instead of the blob service", failure!.Detail, StringComparison.Ordinal);
            Assert.Empty(_rig.Storage.Blobs);
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task It_is_tried_again(int length, string operation)
    {
        var content = ScriptedBody.Content(length);
        _rig.Blob.MaxRetries = 1;
        _rig.Storage.On(Enum.Parse<StorageOperation>(operation), 0, Turn.Pretend());

        var committed = (await _rig.UploadAsync(ScriptedBody.Of(content))).Value();

        Assert.Equal(content, _rig.Stored);
        Assert.Equal(_rig.Storage.Blobs[Rig.Target.ToString()].ETag, committed.ETag);
    }

    [Fact]
    public async Task What_something_in_between_says_of_a_blob_is_not_believed()
    {
        _rig.Storage.OnEvery(StorageOperation.GetProperties, Turn.Pretend(200)).OnEvery(StorageOperation.GetBlob, Turn.Pretend(200));
        var reader = new BlobReader(_rig.Clients);

        (await reader.FindAsync(Rig.Target, Phase.Read, TestContext.Current.CancellationToken)).Failed(
            FailureKind.StorageUnreachable, Phase.Read);
        (await reader.OpenAsync(Rig.Target, TestContext.Current.CancellationToken)).Failed(FailureKind.StorageUnreachable, Phase.Read);
    }

    [Theory]
    [InlineData(OneBlock, nameof(StorageOperation.PutBlob))]
    [InlineData(ManyBlocks, nameof(StorageOperation.PutBlockList))]
    public async Task A_commit_that_is_answered_without_an_entity_tag_is_looked_up(int length, string commit)
    {
        var content = ScriptedBody.Content(length);
        _rig.Storage.OnEvery(Enum.Parse<StorageOperation>(commit), Turn.NormalWithout("ETag"));

        var committed = (await _rig.UploadAsync(ScriptedBody.Of(content))).Value();

        Assert.Equal(content, _rig.Stored);
        Assert.Equal(_rig.Storage.Blobs[Rig.Target.ToString()].ETag, committed.ETag);
    }

    [Theory]
    [InlineData(OneBlock, nameof(StorageOperation.PutBlob))]
    [InlineData(ManyBlocks, nameof(StorageOperation.PutBlockList))]
    public async Task A_commit_that_is_answered_without_an_entity_tag_and_did_not_happen_is_a_failure(int length, string commit)
    {
        _rig.Storage.Put(Rig.Target.ToString(), [1, 2, 3]);
        _rig.Storage.OnEvery(Enum.Parse<StorageOperation>(commit), Turn.Forget);

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)))).Failed(FailureKind.StorageUnreachable, Phase.Seal);

        Assert.Equal([1, 2, 3], _rig.Stored);
    }
}
