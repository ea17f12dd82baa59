using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>
/// A request to storage may arrive late, or twice: when it does, the upload is what it was, however far it has come since.
/// </summary>
public sealed class LateRequestTests
{
    private readonly Instances _all = new();
    private readonly Rig _old;
    private readonly Rig _new;

    public LateRequestTests() => (_old, _new) = (_all.New(), _all.New());

    public static TheoryData<int, int, bool, bool> Uploads() => new(
        from dialect in Enum.GetValues<UploadDialect>()
        from length in (int[])[0, 100_000]
        from deferred in (bool[])[false, true]
        from creation in (bool[])[false, true]
        select ((int)dialect, length, deferred, creation));

    [Theory]
    [MemberData(nameof(Uploads))]
    public async Task Whatever_arrives_late_a_complete_upload_stays_complete(int dialect, int length, bool deferred, bool creation)
    {
        var bytes = Instances.Bytes(1, length);
        _all.Ticket = _all.Ticket with { Dialect = (UploadDialect)dialect, Length = deferred ? null : length };
        var all = Instances.Append(0, bytes) with
        {
            Completes = dialect == (int)UploadDialect.Http,
            UploadLength = deferred ? length : null
        };
        await CompleteAsync(all, creation && !deferred);
        var earlier = _all.Storage.Of(StorageOperation.PutBlock);

        foreach (var late in earlier.Concat(earlier))
        {
            // In the second round all of them are there again.
            _all.Storage.Repeat(late);
            await IsCompleteAsync(bytes);
        }
    }

    [Theory]
    [InlineData(UploadDialect.Tus)]
    [InlineData(UploadDialect.Http)]
    [InlineData(UploadDialect.LogicApps)]
    public async Task A_blob_of_its_name_that_another_upload_has_made_is_not_the_end_of_an_upload(object dialect)
    {
        _all.Ticket = _all.Ticket with { CreateOnly = false, Dialect = (UploadDialect)dialect };
        await CompleteAsync(
            Instances.Append(0, Instances.Bytes(1, 100_000)) with { Completes = true, UploadLength = 100_000 }, creation: false);
        _all.Ticket = _all.Ticket with { Id = Guid.NewGuid() };
        (await _all.CreateAsync(_old).Soon()).Value();
        var (bytes, status) = (Instances.Bytes(2, 70_000), (await _all.FindAsync(_new).Soon()).Value());

        Assert.Equal((0, false), (status.Offset, status.IsComplete));
        _all.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await _all.AppendAsync(_new, Instances.Append(0, bytes) with { Completes = true, UploadLength = 70_000 })
            .Soon()).Value().IsComplete);
        Assert.Equal(bytes, _all.Stored);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_that_arrives_after_a_later_one_replaces_nothing(bool twice)
    {
        _all.Ticket = _all.Ticket with { CreateOnly = false, Dialect = UploadDialect.Http };
        (await _all.CreateAsync(_old).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        var bytes = Instances.Bytes(1, 200_000);
        var commit = _all.Hold(StorageOperation.PutBlockList);
        var first = _all.AppendAsync(_old, 0, bytes[..100_000], completes: true);
        await commit.Reached.Soon();
        commit.Open(async exchange =>
        {
            // On its way for longer than anybody waits for it.
            await exchange.ReceiveAsync();
            throw Turn.Reset();
        });
        Assert.NotNull((await first.Soon()).Failure);
        var late = Assert.Single(_all.Storage.Of(StorageOperation.PutBlockList));
        _all.Advance(TimeSpan.FromSeconds(46));
        Assert.Equal(100_000, (await _all.FindAsync(_new).Soon()).Value().Offset);
        _all.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await _all.AppendAsync(_new, 100_000, bytes[100_000..], completes: true).Soon()).Value().IsComplete);

        _all.Storage.Repeat(twice ? _all.Storage.Of(StorageOperation.PutBlockList)[^1] : late);
        _all.Storage.Repeat(late);

        Assert.Equal(bytes, _all.Stored);
        Assert.Equal(bytes.Length, (await _all.FindAsync(_old).Soon()).Value().Offset);
    }

    [Fact]
    public async Task A_commit_that_meets_another_one_of_the_same_upload_is_told_by_its_length()
    {
        // The older one arrives just before the newer one, which would be longer.
        _all.Ticket = _all.Ticket with { Dialect = UploadDialect.Http };
        (await _all.CreateAsync(_old).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        var commit = _all.Hold(StorageOperation.PutBlockList);
        var first = _all.AppendAsync(_old, 0, Instances.Bytes(1, 100_000), completes: true);
        await commit.Reached.Soon();
        commit.Open(async exchange =>
        {
            await exchange.ReceiveAsync();
            throw Turn.Reset();
        });
        Assert.NotNull((await first.Soon()).Failure);
        _all.Advance(TimeSpan.FromSeconds(46));
        var second = _all.Hold(StorageOperation.PutBlockList);
        var longer = _all.AppendAsync(_new, 100_000, Instances.Bytes(2, 100_000), completes: true);
        await second.Reached.Soon();
        _all.Storage.Repeat(_all.Storage.Of(StorageOperation.PutBlockList)[0]);

        second.Open();

        Assert.NotNull((await longer.Soon()).Failure);
        Assert.Equal(100_000, _all.Stored!.Length);
    }

    private async Task CompleteAsync(Append all, bool creation)
    {
        using var watch = _old.Watches.Begin(_old.Client.Token);
        var created = (await _old.Uploads.CreateAsync(_all.Ticket, creation ? all : null, watch).AsTask().Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        if (!created.IsComplete)
        {
            var rest = creation ? Instances.Append(all.Offset + all.Length!.Value, []) with { Completes = true } : all;
            Assert.True((await _all.AppendAsync(_old, rest).Soon()).Value().IsComplete);
        }

        _all.Advance(TimeSpan.FromMilliseconds(1));
    }

    private async Task IsCompleteAsync(byte[] bytes)
    {
        var status = (await _all.FindAsync(_new).Soon()).Value();
        Assert.Equal((bytes.Length, true), (status.Offset, status.IsComplete));
        (await _all.AppendAsync(_new, bytes.Length, Instances.Bytes(9, 10)).Soon()).Failed(FailureKind.UploadCompleted, Phase.Open);
        (await _all.CancelAsync(_new).Soon()).Failed(FailureKind.UploadCompleted, Phase.Open);
        Assert.Equal(bytes, _all.Stored);
    }
}
