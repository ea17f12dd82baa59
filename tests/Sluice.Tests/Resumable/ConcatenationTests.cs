using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Storage;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>Parts become a whole, or nothing becomes of them.</summary>
public sealed class ConcatenationTests
{
    private static readonly Dictionary<string, (FailureKind Kind, Func<ConcatenationWorld, Task> Spoil)> Obstacles = new()
    {
        ["metadata that storage does not take"] = (FailureKind.HeaderInvalid, static world => Whole(world, static whole => whole with
        {
            Properties = new BlobProperties { Metadata = new Dictionary<string, string> { ["a-b"] = "x" } },
        })),
        ["a digest of the whole, which nobody could check"] = (
            FailureKind.HeaderInvalid, static world => Whole(world, static whole => whole with
            {
                Sha256 = new Digest(DigestAlgorithm.Sha256, new byte[32]),
            })),
        ["more bytes than an upload may have"] = (
            FailureKind.BodyTooLarge, static world => Does(() => world.Rig.Resumable.MaxBytes = world.Bytes.Length - 1)),
        ["more blocks than a blob may have"] = (FailureKind.UploadExhausted, static world => Does(() => world.Rig.Blob.MaxBlocks = 2)),
        ["a container that is not open"] = (
            FailureKind.ContainerUnknown,
            static world => Whole(world, static whole => whole with { Target = new BlobTarget("outbox", "x") })),
        ["a blob of that name"] = (
            FailureKind.PreconditionFailed, static world => Does(() => world.Storage.Put(Rig.Target.ToString(), [7]))),
        ["a whole that has expired"] = (
            FailureKind.UploadGone, static world => Whole(world, whole => whole with { Expires = world.Rig.Time.GetUtcNow() })),
        ["a first part that is not all there"] = (FailureKind.UploadLengthInconsistent, static world => UnfinishedAsync(world, 0)),
        ["a last part that is not all there"] = (FailureKind.UploadLengthInconsistent, static world => UnfinishedAsync(world, 2)),
        ["a last part whose length nobody has told"] = (
            FailureKind.UploadLengthInconsistent, static async world => world.Parts[2] = await OfUnknownLengthAsync(world)),
        ["a last part that was given up"] = (FailureKind.UploadGone, static world => CancelAsync(world, 2)),
        ["a last part that is not there"] = (
            FailureKind.UploadGone,
            static world => Does(() => world.Parts[2] = world.Parts[2] with
            {
                Id = Guid.NewGuid(),
                Target = new("inbox", "partial-uploads/x")
            })),
        ["a process that is shutting down"] = (FailureKind.ShuttingDown, static world => Does(world.Rig.Shutdown.Close)),
    };

    public static TheoryData<string> Known { get; } = [.. Obstacles.Keys];

    [Theory]
    [MemberData(nameof(Known))]
    public async Task What_stands_in_the_way_of_a_whole_is_found_before_anything_is_written(string obstacle)
    {
        var world = await ConcatenationWorld.NewAsync();
        await Obstacles[obstacle].Spoil(world);
        var before = world.Storage.Requests.Count;

        var failure = (await world.ConcatenateAsync()).Failure;

        Assert.Equal(Obstacles[obstacle].Kind, failure?.Kind);
        Assert.DoesNotContain(
            world.Storage.Requests.Skip(before),
            static request => request.Operation is not (StorageOperation.GetBlockList or StorageOperation.GetProperties));
        Assert.Empty(world.Visible);
    }

    [Fact]
    public async Task No_more_than_one_part_can_be_read_at_any_moment()
    {
        var world = await ConcatenationWorld.NewAsync();
        var most = 0;
        world.Storage.OnRequest = () => most = Math.Max(most, world.Visible.Count);

        world.AssertWhole(await world.ConcatenateAsync(), "");

        Assert.Equal(1, most);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_request_that_is_sent_again_finds_the_whole_that_it_has_made(bool overwrite)
    {
        var world = await ConcatenationWorld.NewAsync();
        world.Whole = world.Whole with { CreateOnly = !overwrite };
        world.AssertWhole(await world.ConcatenateAsync(), "first");
        var committed = world.Storage.Blobs[Rig.Target.ToString()];

        world.AssertWhole(await world.ConcatenateAsync(world.Another()), "again");

        Assert.Same(committed, world.Storage.Blobs[Rig.Target.ToString()]);
    }

    [Fact]
    public async Task Two_at_once_do_not_disturb_each_other_whatever_the_first_was_about_to_do()
    {
        var requests = 0;
        for (; ; requests++)
        {
            var world = await ConcatenationWorld.NewAsync();
            var before = world.Storage.Requests.Count;
            var gate = world.Hold(_ => world.Storage.Requests.Count - 1 - before == requests);
            var first = world.StartAsync();
            if (!gate.IsReached)
            {
                break;
            }

            world.Advance(TimeSpan.FromMilliseconds(1));
            var second = await world.ConcatenateAsync(world.Another());
            gate.Open();
            var slow = await world.PumpAsync(first);

            var after =
                $"held at {requests} ({world.Storage.Requests[before + requests].Operation}): {slow.Failure?.Kind}, {second.Failure?.Kind}";
            FailureKind[] expected =
                [FailureKind.UploadTakenOver, FailureKind.UploadBusy, FailureKind.UploadCompleted, FailureKind.PreconditionFailed];
            Assert.All([slow, second], result => Assert.True(
                result.Failure is null || expected.Contains(result.Failure.Kind),
                after));
            Assert.True(world.Stored is null || world.Bytes.AsSpan().SequenceEqual(world.Stored), after);
            await world.AssertRepeatableAsync(after);
        }

        Assert.InRange(requests, 15, 200);
    }

    [Fact]
    public async Task A_part_whose_blob_is_not_as_long_as_its_blocks_said_is_refused_and_removed()
    {
        var world = await ConcatenationWorld.NewAsync();
        world.Hold(request => request.Operation == StorageOperation.PutBlockList && request.Blob == world.Parts[1].Target.ToString())
            .Open(async exchange =>
            {
                var answer = await Turn.Normal(exchange);
                var blob = world.Storage.Blobs[exchange.Request.Blob];
                world.Storage.Put(
                    exchange.Request.Blob, [.. blob.Content, 0],
                    [.. blob.Properties.Select(static property => (property.Key, property.Value))]);
                return answer;
            });

        (await world.ConcatenateAsync()).Failed(FailureKind.UploadLengthInconsistent, Phase.Open);

        Assert.Empty(world.Visible);
        Assert.Null(world.Stored);
    }

    [Fact]
    public async Task A_part_that_can_not_be_removed_is_tried_a_few_times_and_does_not_undo_the_whole()
    {
        var world = await ConcatenationWorld.NewAsync();
        world.Storage.OnEvery(StorageOperation.DeleteBlob, Turn.Refuse(503, "ServerBusy"));

        var status = (await world.ConcatenateAsync()).Value();

        Assert.True(status.IsComplete);
        Assert.Equal(world.Bytes, world.Stored);
        Assert.Equal(3, world.Visible.Count);
        Assert.Equal(9, world.Storage.Of(StorageOperation.DeleteBlob).Count);
    }

    // A header of storage can't keep everything as it came.
    [Theory]
    [InlineData("final;/a /b", true)]
    [InlineData("final;/a  /b", false)]
    [InlineData("final;/ä /b", false)]
    public async Task The_list_of_the_parts_is_kept_with_the_whole(string field, bool kept)
    {
        var world = await ConcatenationWorld.NewAsync();
        world.Field = field;
        world.AssertWhole(await world.ConcatenateAsync(), field);

        var found = await world.FindAsync();

        Assert.Equal(kept ? field : null, found.Stored!.Concatenation);
        Assert.Empty(found.Stored.Properties.Metadata);
    }

    [Fact]
    public async Task A_part_may_be_in_a_whole_twice_and_may_be_empty()
    {
        var world = await ConcatenationWorld.NewAsync();
        world.Parts.Add(world.Parts[0]);
        world.Parts.Insert(1, await world.PartAsync([], 0));
        world.Bytes = [.. world.Bytes, .. ConcatenationWorld.Contents[0]];

        world.AssertWhole(await world.ConcatenateAsync(), "");
    }

    private static Task Does(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static Task Whole(ConcatenationWorld world, Func<UploadTicket, UploadTicket> changed) =>
        Does(() => world.Whole = changed(world.Whole));

    private static async Task UnfinishedAsync(ConcatenationWorld world, int part) =>
        world.Parts[part] = await world.PartAsync(ConcatenationWorld.Contents[part], ConcatenationWorld.Contents[part].Length + 1);

    private static async Task<UploadTicket> OfUnknownLengthAsync(ConcatenationWorld world) =>
        (await world.PartAsync([1, 2, 3], 3)) with { Length = null };

    private static async Task CancelAsync(ConcatenationWorld world, int part)
    {
        using var watch = world.Rig.Watches.Begin(CancellationToken.None);
        (await world.Rig.Uploads.CancelAsync(world.Parts[part], watch)).Value();
        world.Advance(TimeSpan.FromMilliseconds(1));
    }
}
