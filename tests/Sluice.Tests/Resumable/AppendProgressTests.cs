using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Settings;
using Sluice.Tests.Body;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>What a client is told of its offset while it is still sending.</summary>
public sealed class AppendProgressTests
{
    private static readonly TimeSpan Interval = new ResumableOptions().ProgressInterval;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Instances _all = new();
    private readonly Rig _rig;
    private readonly ScriptedBody _body = new();
    private readonly ConcurrentQueue<long> _reports = new();
    private int _sent;
    private bool _refusesReports;

    public AppendProgressTests() => _rig = _all.New();

    [Fact]
    public async Task A_client_is_told_what_storage_has_whenever_that_is_more_than_before()
    {
        await CreateAsync();
        var append = AppendAsync();

        Send((2 * Rig.BlockBytes) + 10);
        _all.Advance(Interval - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_reports);
        PassUntil(() => !_reports.IsEmpty);
        Assert.Equal([2 * Rig.BlockBytes], _reports);
        var lists = Lists();
        PassUntil(() => Lists() > lists + 2);
        Assert.Equal([2 * Rig.BlockBytes], _reports);
        Send(Rig.BlockBytes);
        PassUntil(() => _reports.Count == 2);
        Assert.Equal([2 * Rig.BlockBytes, 3 * Rig.BlockBytes], _reports);

        _body.End();
        Assert.Equal((3 * Rig.BlockBytes) + 10, (await append.Soon()).Value().Offset);
        _all.Advance(Interval * 3);
        Assert.Equal(2, _reports.Count);
    }

    [Fact]
    public async Task A_client_is_told_three_times_at_most()
    {
        await CreateAsync();
        var append = AppendAsync();
        for (var report = 1; report <= 3; report++)
        {
            Send(Rig.BlockBytes);
            PassUntil(() => _reports.Count == report);
        }

        Send(Rig.BlockBytes);
        var lists = Lists();
        _all.Advance(Interval * 64);
        Assert.Equal((3, lists), (_reports.Count, Lists()));
        _body.End();
        Assert.Equal(4 * Rig.BlockBytes, (await append.Soon()).Value().Offset);
    }

    [Fact]
    public async Task A_report_that_fails_does_not_fail_the_append()
    {
        _all.Ticket = _all.Ticket with { Length = Rig.BlockBytes + 1 };
        await CreateAsync();
        _refusesReports = true;
        var append = AppendAsync();
        Send(Rig.BlockBytes);
        PassUntil(() => !_reports.IsEmpty);
        _body.Send(new byte[1]);
        _body.End();

        Assert.True((await append.Soon()).Value().IsComplete);
        Assert.Single(_reports);
    }

    [Fact]
    public async Task A_client_that_was_overtaken_is_told_nothing_more()
    {
        await CreateAsync();
        var append = AppendAsync();
        Send(Rig.BlockBytes + 1);
        PassUntil(() => !_reports.IsEmpty);

        // The other instance can't stop this one from reading.
        Assert.Equal(Rig.BlockBytes, (await _all.FindAsync(_all.New()).Soon()).Value().Offset);
        Send(2 * Rig.BlockBytes);
        var lists = Lists();
        PassUntil(() => Lists() > lists + 2);
        _body.End();

        Assert.Equal([Rig.BlockBytes], _reports);
        (await append.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
    }

    // It has seen the blocks, and will continue after those that it saw.
    [Fact]
    public async Task A_client_is_told_nothing_once_another_one_has_announced_itself()
    {
        await CreateAsync();
        var append = AppendAsync();
        Send(Rig.BlockBytes);
        var link = _all.Hold(ChainBlockKind.Link);
        var newer = _all.AppendAsync(_all.New(), Rig.BlockBytes, new byte[10]);
        await link.Reached.Soon();

        Send(Rig.BlockBytes);
        var lists = Lists();
        PassUntil(() => Lists() > lists + 2);
        Assert.Empty(_reports);

        link.Open();
        Assert.Equal(Rig.BlockBytes + 10, (await newer.Soon()).Value().Offset);
        _body.End();
        (await append.Soon()).Failed(FailureKind.UploadTakenOver, Phase.Seal);
    }

    [Fact]
    public async Task A_client_whose_upload_was_cancelled_is_told_nothing_more()
    {
        await CreateAsync();
        var append = AppendAsync();
        Send(Rig.BlockBytes + 1);

        (await _all.CancelAsync(_all.New()).Soon()).Value();
        var lists = Lists();
        PassUntil(() => Lists() > lists + 1);
        _body.End();

        Assert.Empty(_reports);
        Assert.NotNull((await append.Soon()).Failure);
    }

    [Fact]
    public async Task Nothing_is_told_while_storage_does_not_answer_and_the_next_time_is_as_good()
    {
        await CreateAsync();
        var append = AppendAsync();
        Send(Rig.BlockBytes + 1);
        var gate = _all.Hold(StorageOperation.GetBlockList);

        PassUntil(() => gate.IsReached);
        Assert.Empty(_reports);
        gate.Open(Turn.Refuse(503, "ServerBusy"));
        PassUntil(() => !_reports.IsEmpty);

        Assert.Equal([Rig.BlockBytes], _reports);
        _body.End();
        (await append.Soon()).Value();
    }

    // With a digest, none of the bytes counts before all of them are there: there is nothing to ask storage for either.
    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public async Task Nothing_is_told_where_nothing_counts_yet_or_it_is_switched_off(bool ofAppend, bool ofUpload, bool isOff)
    {
        byte[] content = new byte[Rig.BlockBytes + 1];
        var digest = new Digest(DigestAlgorithm.Sha256, SHA256.HashData(content));
        _all.Ticket = _all.Ticket with { Length = content.Length, Sha256 = ofUpload ? digest : null };
        _rig.Resumable.ProgressInterval = isOff ? TimeSpan.Zero : Interval;
        await CreateAsync();
        var append = AppendAsync(ofAppend ? [digest] : []);
        var lists = Lists();

        Send(content.Length);
        _all.Advance(Interval * 3);

        Assert.Equal(lists, Lists());
        Assert.Empty(_reports);
        _body.End();
        Assert.True((await append.Soon()).Value().IsComplete);
    }

    private int Lists() => _all.Storage.Requests.Count(static request => request.Operation == StorageOperation.GetBlockList);

    private async Task CreateAsync()
    {
        (await _all.CreateAsync(_rig).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
    }

    private Task<Result<UploadStatus>> AppendAsync(IReadOnlyList<Digest>? digests = null) => _all.AppendAsync(_rig, new Append
    {
        Body = _body.Incoming,
        Offset = 0,
        IsTimed = false,
        Digests = digests ?? [],
        Report = (offset, _) =>
        {
            _reports.Enqueue(offset);
            return _refusesReports ? throw new SocketException() : default(ValueTask);
        },
    });

    // Until every full block is in storage.
    private void Send(int bytes)
    {
        _body.Send(new byte[bytes]);
        _sent += bytes;
        var whole = _sent - (_sent % Rig.BlockBytes);
        Assert.True(SpinWait.SpinUntil(() => _all.Storage.Staged(Rig.Target.ToString()).Sum(Data) == whole, Patience));
    }

    private static int Data(KeyValuePair<string, byte[]> block) =>
        ChainBlock.TryRead(Encoding.ASCII.GetBytes(block.Key), out var read) && read.Kind == ChainBlockKind.Data ? block.Value.Length : 0;

    // What happens at an interval may happen on another thread.
    private void PassUntil(Func<bool> done)
    {
        for (var attempt = 0; attempt < 1_000 && !done(); attempt++)
        {
            _all.Advance(Interval);
            SpinWait.SpinUntil(done, 20);
        }

        Assert.True(done());
    }
}
