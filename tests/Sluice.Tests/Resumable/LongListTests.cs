using System.Globalization;
using System.Net;
using System.Text;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>
/// The list of an upload's blocks is read as it comes: it is as long as the upload, and what is known of it is not. Alone, because the
/// memory of the whole process is looked at.
/// </summary>
[Collection(AloneTests.Name)]
public sealed class LongListTests
{
    private const int Block = 65_536;

    private readonly Instances _all = new();
    private readonly Rig _rig;

    public LongListTests() => _rig = _all.New();

    public enum Order
    {
        ById,
        AsTheyCame,
    }

    [Theory]
    [InlineData(Order.ById, 1)]
    [InlineData(Order.AsTheyCame, 1)]
    [InlineData(Order.ById, 500)]
    [InlineData(Order.AsTheyCame, 500)]
    public async Task An_upload_of_50_000_blocks_is_looked_at_in_flat_memory(Order order, int writers)
    {
        const int Blocks = 50_000;
        var small = await FindAsync(ListOf(order, writers, writers));
        var large = await FindAsync(ListOf(order, writers, Blocks));

        Assert.Equal((long)Blocks * Block, large.Offset);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{large.ListBytes / 1e6:F1} MB of list in {large.Took.TotalMilliseconds:F0} ms; {large.Allocated / 1024} KiB allocated, "
                + $"of which {large.Live / 1024} KiB are live at most, and {small.Live / 1024} KiB where it is short"));

        Assert.InRange(large.Live - small.Live, long.MinValue, 256 * 1024);

        // A string for each name would be more.
        Assert.InRange(large.Allocated - small.Allocated, long.MinValue, 100 * Blocks);
    }

    [Fact]
    public async Task Beside_a_blob_of_50_000_blocks_an_upload_is_looked_at_in_flat_memory()
    {
        // Another upload has made it, and this one may replace it.
        var (uncommitted, foreign) = (ListOf(Order.ById, 1, 1), Enumerable.Range(0, 50_000)
            .Select(static at => new ChainBlock(7, 9, ChainBlockKind.Data, (long)at * Block, (at + 1L) * Block).ToBase64()));
        var both = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(uncommitted).Replace(
            "<UncommittedBlocks>", $"<CommittedBlocks>{Blocks(foreign)}</CommittedBlocks><UncommittedBlocks>", StringComparison.Ordinal));
        var (small, large) = (await FindAsync(uncommitted), await FindAsync(both));

        Assert.Equal((Block, Block), (small.Offset, large.Offset));
        Assert.InRange(large.Live - small.Live, long.MinValue, 256 * 1024);
        Assert.InRange(large.Allocated - small.Allocated, long.MinValue, 1 << 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(61)]
    [InlineData(4_096)]
    public async Task A_list_is_read_whatever_pieces_it_comes_in(int piece)
    {
        var list = ListOf(Order.AsTheyCame, 3, 90);
        Answer(() => new PiecewiseStream(list, piece, 1, 3 * piece));

        Assert.Equal(90 * Block, (await _all.FindAsync(_rig).Soon()).Value().Offset);
    }

    [Fact]
    public async Task Names_that_others_gave_are_passed_over()
    {
        string[] names =
        [
            .. new Writer(1).Link(0, 0, ChainBlockFlags.Fence).Blocks.Select(Of), "", "AA==", new string('A', 88), new string('A', 400),
            "&lt;&amp;&#65;"
        ];
        Answer(() => new MemoryStream(Xml(names)));

        Assert.Equal(0, (await _all.FindAsync(_rig).Soon()).Value().Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<BlockList><UncommittedBlocks><Block><Name>")]
    [InlineData("{}")]
    public async Task What_is_no_list_is_storage_s_failure_and_not_an_upload_without_blocks(string text)
    {
        Answer(() => new MemoryStream(Encoding.UTF8.GetBytes(text)));

        var failure = (await _all.FindAsync(_rig).Soon()).Failure;

        Assert.Equal((Phase.Read, Party.Storage), (failure?.Phase, failure?.Party));
    }

    [Fact]
    public async Task A_list_whose_connection_breaks_is_no_list()
    {
        var list = ListOf(Order.ById, 1, 1_000);
        Answer(() => new PiecewiseStream(list[..^5_000], 4_096));

        Assert.Equal(Party.Storage, (await _all.FindAsync(_rig).Soon()).Failure?.Party);
    }

    [Fact]
    public async Task A_refusal_is_read_whole()
    {
        _all.Storage.OnEvery(StorageOperation.GetBlockList, Turn.Refuse(403, "AuthorizationPermissionMismatch"));

        Assert.Equal(
            "AuthorizationPermissionMismatch",
            (await _all.FindAsync(_rig).Soon()).Failed(FailureKind.StorageDenied, Phase.Read).StorageErrorCode);
    }

    private async Task<(long Offset, long Allocated, long Live, TimeSpan Took, int ListBytes)> FindAsync(byte[] list)
    {
        Answer(() => new PiecewiseStream(list, 8_192, 100, 1_400));
        var (offset, allocated, took) = (0L, long.MaxValue, TimeSpan.MaxValue);
        for (var time = 0; time < 3; time++)
        {
            // All of it runs on this thread; the first time, code is loaded.
            var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), ThreadClock.Now);
            var find = _all.FindAsync(_rig);
            Assert.True(find.IsCompleted);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            took = ThreadClock.Now - started is var elapsed && elapsed < took ? elapsed : took;
            offset = (await find).Value().Offset;
        }

        // What is live after every 16th read: each takes as much as the reader's buffer has room for.
        var (live, baseline, reads) = (0L, LiveBytes(), 0);
        Answer(() => new PiecewiseStream(list, list.Length)
        {
            OnRead = () => live = reads++ % 16 == 0 ? Math.Max(live, LiveBytes() - baseline) : live,
        });
        await _all.FindAsync(_rig);
        return (offset, allocated, live, took, list.Length);
    }

    // One collection, where GC.GetTotalMemory(true) makes up to twenty: nothing here has a finalizer.
    private static long LiveBytes()
    {
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: false);
    }

    // An upload of so many writers, all of whose blocks are on their way five at a time.
    private byte[] ListOf(Order order, int writers, int blocks)
    {
        var all = new List<ChainBlock>(new Writer(1).Link(0, 0, ChainBlockFlags.Fence).Blocks);
        var each = blocks / writers;
        for (var writer = 0; writer < writers; writer++)
        {
            var start = (long)writer * each * Block;
            var of = new Writer((ulong)writer + 2).Link((ulong)writer + 1, start);
            for (var block = 0; block < each; block++)
            {
                of.Data(start, start += Block);
            }

            all.AddRange(of.Close().Blocks);
        }

        var random = new Random(blocks);
        var names = all.Select(Of).ToArray();
        for (var at = 0; order == Order.AsTheyCame && at + 5 <= names.Length; at += 5)
        {
            random.Shuffle(names.AsSpan(at, 5));
        }

        return Xml(
            order == Order.ById
                ? names.OrderBy(static name => Convert.ToHexString(Convert.FromBase64String(name)), StringComparer.Ordinal)
                : names);
    }

    private string Of(ChainBlock block) => (block with { Upload = _all.Ticket.ChainId }).ToBase64();

    private static byte[] Xml(IEnumerable<string> names) => Encoding.UTF8.GetBytes(
        $"\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BlockList><UncommittedBlocks>{Blocks(names)}</UncommittedBlocks></BlockList>");

    private static string Blocks(IEnumerable<string> names) =>
        string.Concat(names.Select(static name => $"<Block><Name>{name}</Name><Size>{Block}</Size></Block>"));

    private void Answer(Func<Stream> list) => _all.Storage.OnEvery(
        StorageOperation.GetBlockList,
        _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StreamContent(list()),
            Headers = { { StorageAnswer.RequestId, "list" } }
        }));
}
