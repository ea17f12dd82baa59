using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Body;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>
/// Appends of a client that never asks for the offset: after a failure it sends the same bytes again. They count all or not at all, and are
/// acknowledged as often as they come.
/// </summary>
public sealed class IndivisibleAppendTests
{
    private const int Chunk = 100_000;
    private const int Length = 250_000;

    private readonly Instances _all = new();
    private readonly Rig _one;
    private readonly Rig _other;
    private readonly byte[] _bytes = Instances.Bytes(1, Length);

    public IndivisibleAppendTests()
    {
        (_one, _other) = (_all.New(), _all.New());
        _all.Ticket = _all.Ticket with { Dialect = UploadDialect.LogicApps, Length = Length };
    }

    [Fact]
    public async Task Chunks_in_their_order_become_the_blob()
    {
        await CreateAsync();

        Assert.Equal((Chunk, false), Said(await AppendAsync(_one, 0)));
        Assert.Equal((2 * Chunk, false), Said(await AppendAsync(_other, Chunk)));
        Assert.Equal((Length, true), Said(await AppendAsync(_one, 2 * Chunk)));

        Assert.Equal(_bytes, _all.Stored);
    }

    // It has only one way to go on: the same chunk, from its beginning.
    [Fact]
    public async Task Nothing_of_a_chunk_that_breaks_off_counts_and_it_can_be_sent_again()
    {
        await CreateAsync();
        var body = new ScriptedBody().Then(_bytes.AsMemory(..(Chunk - 1)));
        body.Then(() => body.Leave());

        (await SendAsync(_one, Of(0) with { Body = body.Incoming })).Failed(FailureKind.ClientGone, Phase.Transfer);

        Assert.Equal((0, false), Said(await FindAsync(_other)));
        Assert.Equal((Chunk, false), Said(await AppendAsync(_other, 0)));
    }

    [Fact]
    public async Task Nothing_of_a_chunk_that_takes_too_long_counts()
    {
        await CreateAsync();
        var body = new ScriptedBody().Then(_bytes.AsMemory(..(Chunk - 1))).Then(() => _all.Advance(_one.Resumable.MaxAppendDuration));

        (await SendAsync(_one, Of(0) with { Body = body.Incoming })).Failed(FailureKind.ClientStalled, Phase.Transfer);

        Assert.Equal((0, false), Said(await FindAsync(_other)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Chunk)]
    public async Task A_chunk_that_is_stored_is_acknowledged_again_and_not_stored_again(int offset)
    {
        await CreateAsync();
        await AppendAsync(_one, 0);
        await AppendAsync(_one, Chunk);
        var stored = DataBlocks();
        var body = ScriptedBody.InPieces(_bytes[offset..(offset + Chunk)], 30_000);

        Assert.Equal((2 * Chunk, false), Said(await SendAsync(_other, Of(offset) with { Body = body.Incoming })));

        Assert.Equal(stored, DataBlocks());
        // Its client listens when it has sent all of it.
        Assert.True(body.Reads > 3);
        Assert.Equal((Length, true), Said(await AppendAsync(_one, 2 * Chunk)));
        Assert.Equal(_bytes, _all.Stored);
    }

    [Fact]
    public async Task A_repeated_chunk_that_breaks_off_is_not_acknowledged()
    {
        await CreateAsync();
        await AppendAsync(_one, 0);
        var body = new ScriptedBody().Then(_bytes.AsMemory(..1_000));
        body.Then(() => body.Leave());

        (await SendAsync(_other, Of(0) with { Body = body.Incoming })).Failed(FailureKind.ClientGone, Phase.Transfer);

        Assert.Equal((Chunk, false), Said(await FindAsync(_one)));
    }

    [Theory]
    [InlineData(1, Chunk)]
    [InlineData(Chunk - 1, 2)]
    [InlineData(Chunk + 1, 10)]
    public async Task A_range_that_is_neither_stored_nor_next_is_refused_with_the_offset(int offset, int length)
    {
        await CreateAsync();
        await AppendAsync(_one, 0);

        var failure = (await SendAsync(_other, Of(offset, length))).Failed(FailureKind.UploadOffsetMismatch, Phase.Admit);

        Assert.Equal(new DifferentOffsets(Chunk, offset), failure.Offsets);
        Assert.Equal((Chunk, false), Said(await FindAsync(_one)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Chunk)]
    public async Task A_chunk_of_another_whole_is_refused_stored_or_not(int offset)
    {
        await CreateAsync();
        await AppendAsync(_one, 0);

        (await SendAsync(_other, Of(offset) with { UploadLength = Length + 1 }))
            .Failed(FailureKind.UploadLengthInconsistent, Phase.Admit);
    }

    [Theory]
    [InlineData(2 * Chunk)]
    [InlineData(0)]
    public async Task After_the_end_each_chunk_is_answered_with_the_receipt(int offset)
    {
        var committed = (await CompleteAsync()).Committed!;

        var again = (await AppendAsync(_other, offset)).Value();

        Assert.Equal((Length, true, null), (again.Offset, again.IsComplete, again.Committed));
        Assert.Equal((committed.ETag, committed.Blocks), (again.Repeated!.ETag, again.Repeated.Blocks));
        Assert.Single(_all.Storage.Of(StorageOperation.PutBlockList));
    }

    [Fact]
    public async Task After_the_end_nothing_else_is_accepted()
    {
        await CompleteAsync();

        (await SendAsync(_other, Of(0) with { UploadLength = Length + 1 })).Failed(FailureKind.UploadLengthInconsistent, Phase.Admit);
        (await SendAsync(_other, Of(Length - 10, 20) with { UploadLength = Length + 10 })).Failed(FailureKind.UploadCompleted, Phase.Open);
        var body = new ScriptedBody().Then(_bytes.AsMemory(..1_000));
        body.Then(() => body.Leave());
        (await SendAsync(_other, Of(0) with { Body = body.Incoming })).Failed(FailureKind.ClientGone, Phase.Transfer);
        Assert.Equal(_bytes, _all.Stored);
    }

    // The instance died, or storage refused: the bytes are all there, and nobody but the same chunk will come.
    [Fact]
    public async Task The_last_chunk_again_commits_what_was_not_committed()
    {
        await CreateAsync();
        await AppendAsync(_one, 0);
        await AppendAsync(_one, Chunk);
        _all.Storage.On(StorageOperation.PutBlockList, 0, Turn.Refuse(403, "AuthorizationFailure"));
        (await AppendAsync(_one, 2 * Chunk)).Failed(FailureKind.StorageDenied, Phase.Seal);
        Assert.Null(_all.Stored);

        Assert.Equal((Length, true), Said(await AppendAsync(_other, 2 * Chunk)));

        Assert.Equal(_bytes, _all.Stored);
    }

    [Fact]
    public async Task An_upload_of_no_bytes_is_complete_when_it_is_created()
    {
        _all.Ticket = _all.Ticket with { Length = 0 };

        Assert.Equal((0, true), Said(await _all.CreateAsync(_one).Soon()));

        Assert.Empty(_all.Stored!);
    }

    [Theory]
    [InlineData("*", true, true)]
    [InlineData("*", false, false)]
    [InlineData("current", true, true)]
    [InlineData("current", false, false)]
    [InlineData("\"other\"", true, false)]
    public async Task A_blob_is_replaced_only_where_its_entity_tag_is_the_one_that_was_named(string ifMatch, bool exists, bool replaced)
    {
        var before = exists ? _all.Storage.Put(Rig.Target.ToString(), [7]) : null;
        _all.Ticket = _all.Ticket with { CreateOnly = false, IfMatch = ifMatch == "current" ? before?.ETag ?? "\"gone\"" : ifMatch };

        Assert.Equal(
            replaced ? null : FailureKind.PreconditionFailed,
            (await _one.Uploads.CheckConditionAsync(_all.Ticket, TestContext.Current.CancellationToken))?.Kind);
        await CreateAsync();
        await AppendAsync(_one, 0);
        await AppendAsync(_one, Chunk);
        var last = await AppendAsync(_one, 2 * Chunk);

        if (replaced)
        {
            Assert.True(last.Value().IsComplete);
            Assert.Equal(_bytes, _all.Stored);
        }
        else
        {
            last.Failed(FailureKind.PreconditionFailed, Phase.Seal);
            Assert.Equal(exists ? new byte[] { 7 } : null, _all.Stored);
        }
    }

    // A blob that exists is enough, whichever it is. But a commit that is late must not replace the blob of a later one.
    [Fact]
    public async Task Any_blob_may_be_replaced_and_the_commit_still_names_the_one_that_it_replaces()
    {
        _all.Storage.Put(Rig.Target.ToString(), [7]);
        _all.Ticket = _all.Ticket with { CreateOnly = false, IfMatch = "*" };
        await CompleteAsync();

        _all.Storage.Repeat(Assert.Single(_all.Storage.Of(StorageOperation.PutBlockList)));

        Assert.NotEqual("*", _all.Storage.Of(StorageOperation.PutBlockList)[0].Header("If-Match"));
        Assert.Equal(_bytes, _all.Stored);
    }

    [Fact]
    public async Task Without_a_condition_nothing_is_asked()
    {
        _all.Ticket = _all.Ticket with { CreateOnly = false };

        Assert.Null(await _one.Uploads.CheckConditionAsync(_all.Ticket, TestContext.Current.CancellationToken));
        Assert.Empty(_all.Storage.Requests);
    }

    private static (long Offset, bool IsComplete) Said(Result<UploadStatus> result) =>
        result.Value() is var status ? (status.Offset, status.IsComplete) : default;

    private int DataBlocks() => _all.Storage.Of(StorageOperation.PutBlock)
        .Count(static request => Instances.Says(request) is { Kind: ChainBlockKind.Data });

    private async Task<UploadStatus> CompleteAsync()
    {
        await CreateAsync();
        await AppendAsync(_one, 0);
        await AppendAsync(_one, Chunk);
        return (await AppendAsync(_one, 2 * Chunk)).Value();
    }

    private async Task CreateAsync()
    {
        (await _all.CreateAsync(_one).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
    }

    private Task<Result<UploadStatus>> AppendAsync(Rig instance, int offset) => SendAsync(instance, Of(offset));

    private async Task<Result<UploadStatus>> SendAsync(Rig instance, Append append)
    {
        var result = await _all.AppendAsync(instance, append).Soon();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        return result;
    }

    private async Task<Result<UploadStatus>> FindAsync(Rig instance)
    {
        var result = await _all.FindAsync(instance).Soon();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        return result;
    }

    private Append Of(int offset, int length = Chunk)
    {
        var end = Math.Min(offset + length, Length);
        return Instances.Append(offset, _bytes[Math.Min(offset, end)..end]) with
        {
            Length = length < Chunk ? length : end - offset,
            UploadLength = Length,
            IsIndivisible = true,
        };
    }
}
