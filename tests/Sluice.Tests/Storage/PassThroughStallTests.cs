using Sluice.Failures;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>Who is blamed when a body that passes through stands still, on a clock that the test moves.</summary>
public sealed class PassThroughStallTests
{
    private const int MiB = 1 << 20;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(20);

    // The client may be silent for 30 seconds, and so may storage.
    private readonly Rig _rig = new() { Blob = { MaxBlocks = 2 } };

    [Fact]
    public async Task A_client_that_sends_nothing_is_blamed()
    {
        var body = new ScriptedBody();

        var uploading = _rig.UploadAsync(body, MiB);
        body.Send(ScriptedBody.Content(1_000));
        _rig.Time.Advance(_rig.Body.IdleTimeout);

        (await uploading).Failed(FailureKind.ClientStalled, Phase.Transfer);
        Assert.Empty(_rig.Storage.Blobs);
    }

    [Fact]
    public async Task A_client_that_sends_nothing_is_blamed_even_if_the_request_to_storage_ends_first()
    {
        var body = new ScriptedBody();
        _rig.Storage.On(StorageOperation.PutBlock, 0, async exchange =>
        {
            // Gives up as soon as it is cancelled, without waiting for whoever reads the content.
            await Task.WhenAny(
                exchange.ReceiveAsync(new ContentSink(long.MaxValue, Task.CompletedTask), CancellationToken.None),
                Task.Delay(Timeout.Infinite, exchange.CancellationToken));
            exchange.CancellationToken.ThrowIfCancellationRequested();
            return exchange.CarryOut();
        });

        var uploading = _rig.UploadAsync(body, MiB);
        body.Send(ScriptedBody.Content(1_000));
        _rig.Time.Advance(_rig.Body.IdleTimeout);

        (await uploading).Failed(FailureKind.ClientStalled, Phase.Transfer);
        Assert.False(body.IsReadPending);
    }

    [Fact]
    public async Task A_storage_that_takes_nothing_is_blamed()
    {
        var body = new ScriptedBody().Then(ScriptedBody.Content(500_000));
        _rig.Storage.On(StorageOperation.PutBlock, 0, Turn.StallAfter(100_000));

        var uploading = _rig.UploadAsync(body, MiB);
        Assert.False(uploading.IsCompleted);
        _rig.Time.Advance(_rig.Blob.StallTimeout);

        (await uploading).Failed(FailureKind.StorageStalled, Phase.Transfer);
        Assert.Equal(0, _rig.Storage.Open);
        Assert.Empty(_rig.Storage.Blobs);
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_is_blamed()
    {
        _rig.Storage.On(StorageOperation.PutBlock, 0, Turn.StallAfter(2 * MiB));

        var uploading = _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(MiB)), MiB);
        Assert.False(uploading.IsCompleted);
        _rig.Time.Advance(_rig.Blob.StallTimeout);

        (await uploading).Failed(FailureKind.StorageStalled, Phase.Transfer);
    }

    [Fact]
    public async Task A_client_slower_than_storage_may_stall_is_not_blamed_on_storage()
    {
        var content = ScriptedBody.Content(MiB);
        var body = new ScriptedBody();
        _rig.Blob.StallTimeout = TimeSpan.FromSeconds(1);

        var uploading = _rig.UploadAsync(body, MiB);
        for (var start = 0; start < MiB; start += MiB / 8)
        {
            _rig.Time.Advance(Step);
            body.Send(content.AsMemory(start, MiB / 8));
        }

        body.End();
        (await uploading).Value();
        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task A_storage_slower_than_a_client_may_stall_is_not_blamed_on_the_client()
    {
        var content = ScriptedBody.Content(MiB);
        var steps = new[] { new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource() };
        _rig.Body.IdleTimeout = TimeSpan.FromSeconds(1);
        _rig.Storage.On(StorageOperation.PutBlock, 0, async exchange =>
        {
            await steps[0].Task;
            var sink = new ContentSink(100_000, steps[1].Task);
            await exchange.ReceiveAsync(sink, exchange.CancellationToken);
            await steps[2].Task;
            return exchange.CarryOut();
        });

        var uploading = _rig.UploadAsync(ScriptedBody.InPieces(content, 50_000), MiB);
        foreach (var step in steps)
        {
            _rig.Time.Advance(Step);
            Assert.False(uploading.IsCompleted);
            step.SetResult();
        }

        (await uploading).Value();
        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task Every_byte_that_storage_takes_grants_it_the_whole_time_again()
    {
        var content = ScriptedBody.Content(2 * MiB);
        var body = new ScriptedBody();

        // Neither side is ever silent for 30 seconds, but the upload takes minutes.
        var uploading = _rig.UploadAsync(body, 2 * MiB);
        for (var start = 0; start < 2 * MiB; start += MiB / 4)
        {
            _rig.Time.Advance(Step);
            body.Send(content.AsMemory(start, MiB / 4));
        }

        body.End();
        (await uploading).Value();
        Assert.Equal(content, _rig.Stored);
    }
}
