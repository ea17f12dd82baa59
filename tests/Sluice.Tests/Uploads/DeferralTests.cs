using System.Diagnostics.Metrics;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Tests.Body;
using Sluice.Tests.Diagnostics;
using Sluice.Tests.Storage;
using Sluice.Uploads;

namespace Sluice.Tests.Uploads;

/// <summary>Bodies whose commit has to wait for something else.</summary>
public sealed class DeferralTests
{
    private readonly Rig _rig = new();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(Rig.BlockBytes, 1)]
    [InlineData(3 * Rig.BlockBytes, 3)]
    public async Task They_hold_no_memory_and_become_visible_by_the_commit(int bytes, int blocks)
    {
        var content = ScriptedBody.Content(bytes);
        using var watch = _rig.UploadPipeline.Watch(_rig.Client.Token);

        await using var deferred = (await DeferAsync(content, watch)).Value();
        Assert.Equal(0, _rig.Pool.InUseBytes);
        Assert.Equal(blocks, _rig.Storage.Requests.Count(static request => request.Operation == StorageOperation.PutBlock));
        Assert.DoesNotContain(Rig.Target.ToString(), _rig.Storage.Blobs.Keys);

        Assert.Equal(bytes, (await deferred.CommitAsync()).Value().Bytes);
        Assert.Equal(content, _rig.Stored);
    }

    // The budget has 16 blocks.
    [Fact]
    public async Task There_may_be_more_of_them_than_blocks_in_memory()
    {
        using var watch = _rig.UploadPipeline.Watch(_rig.Client.Token);
        var all = new List<DeferredUpload>();
        for (var i = 0; i < 50; i++)
            all.Add((await DeferAsync([1, 2, 3], watch, $"{i}")).Value());

        Assert.Equal(0, _rig.Pool.InUseBytes);
        foreach (var deferred in all)
        {
            (await deferred.CommitAsync()).Value();
            await deferred.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_that_is_abandoned_was_never_there()
    {
        using var watch = _rig.UploadPipeline.Watch(_rig.Client.Token);
        await using (var deferred = (await DeferAsync([1, 2, 3], watch)).Value())
            deferred.Abandon(new Failure(FailureKind.FormAbandoned, Phase.Seal, "."));

        Assert.Empty(_rig.Storage.Blobs);
        Assert.Equal(0, _rig.Pool.InUseBytes);
    }

    [Fact]
    public async Task One_whose_only_block_storage_refuses_fails_and_holds_nothing()
    {
        _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.Refuse(403, "AuthorizationFailure"));
        using var watch = _rig.UploadPipeline.Watch(_rig.Client.Token);

        (await DeferAsync([1, 2, 3], watch)).Failed(FailureKind.StorageDenied, Phase.Transfer);

        Assert.Equal(0, _rig.Pool.InUseBytes);
    }

    // Reported once, however it ends: by its commit, for a reason, or with the form it belongs to.
    [Fact]
    public async Task The_end_of_one_is_told_once()
    {
        var lines = new LogLines();
        var rig = new Rig { Logger = lines };
        using var watch = rig.UploadPipeline.Watch(rig.Client.Token);
        var abandoned = new Failure(FailureKind.FormAbandoned, Phase.Seal, "Another part failed.");

        await using (var committed = (await DeferAsync([1], watch, "committed", rig)).Value())
        {
            (await committed.CommitAsync()).Value();
            committed.Abandon(abandoned);
        }

        await using (var left = (await DeferAsync([1], watch, "left", rig)).Value())
        {
            left.Abandon(abandoned);
            left.Abandon(abandoned);
        }

        Assert.Equal(1, lines.All.Count(static line => line.Text.Contains("Stored inbox/committed", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines.All, static line => line.Text.Contains("Refused inbox/committed", StringComparison.Ordinal));
        Assert.Equal(1, lines.All.Count(static line => line.Text.Contains("Refused inbox/left: FormAbandoned", StringComparison.Ordinal)));
    }

    // Its use is to say how many more there is memory for.
    [Fact]
    public async Task They_are_not_counted_as_under_way_while_they_wait()
    {
        var (active, most) = (0, 0);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == _rig.Meters && instrument.Name == "sluice.uploads.active")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, change, _, _) => most = Math.Max(most, active += change));
        listener.Start();
        using var watch = _rig.UploadPipeline.Watch(_rig.Client.Token);

        await using (var one = (await DeferAsync([1], watch, "1")).Value())
        await using (var other = (await DeferAsync([1], watch, "2")).Value())
        {
            Assert.Equal((0, 1), (active, most));
            (await one.CommitAsync()).Value();
        }

        Assert.Equal((0, 1), (active, most));
    }

    [Fact]
    public async Task A_request_that_was_taken_may_bring_more_bodies_after_the_process_was_told_to_stop()
    {
        using var watch = _rig.UploadPipeline.Watch(_rig.Client.Token);
        _rig.Shutdown.Close();

        await using var deferred = (await DeferAsync([1], watch)).Value();
        (await deferred.CommitAsync()).Value();

        using var late = _rig.UploadPipeline.Watch(_rig.Client.Token);
        (await DeferAsync([1], late)).Failed(FailureKind.ShuttingDown, Phase.Admit);
    }

    private async Task<Result<DeferredUpload>> DeferAsync(byte[] content, BodyWatch watch, string? name = null, Rig? rig = null) =>
        await (rig ?? _rig).UploadPipeline.DeferAsync(
            new Upload
            {
                Body = ScriptedBody.Of(content).Incoming,
                Destination = new(name is null ? Rig.Target : Rig.Target with { Name = name })
            }, watch);
}
