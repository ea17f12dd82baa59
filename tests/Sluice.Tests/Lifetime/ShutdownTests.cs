using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Routing;
using Sluice.Routing.Evidence;
using Sluice.Settings;
using Sluice.Tests.Body;
using Sluice.Tests.Downstream;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;
using Sluice.Uploads;

namespace Sluice.Tests.Lifetime;

/// <summary>A process that stops takes no new body, waits for those under way, and is to blame for those it can't wait for.</summary>
public sealed class ShutdownTests
{
    private readonly Rig _rig = new();
    private readonly ScriptedBody _body = new();

    [Fact]
    public async Task A_body_that_comes_while_it_stops_is_refused_before_the_first_read()
    {
        _rig.Shutdown.Close();

        (await StoreAsync(Upload())).Failed(FailureKind.ShuttingDown, Phase.Admit);

        Assert.Equal(0, _body.Reads);
        Assert.Empty(_rig.Storage.Requests);
        Assert.Equal(0, _rig.Shutdown.UnderWay);
    }

    [Fact]
    public async Task A_body_for_the_rules_is_refused_before_the_first_read_too()
    {
        _rig.Shutdown.Close();
        var request = new RouteRequest("PUT", "a", null, null, Guid.NewGuid(), default, static _ => null, static _ => null);

        (await StoreAsync(Upload() with { Destination = null, Router = new RuleRouter(_rig.Routes, request) })).Failed(
            FailureKind.ShuttingDown, Phase.Admit);

        Assert.Equal(0, _body.Reads);
    }

    [Fact]
    public async Task As_long_as_it_only_is_not_ready_bodies_are_taken()
    {
        _rig.Shutdown.Begin();
        _body.Then(ScriptedBody.Content(100)).ThenEnd();

        (await StoreAsync(Upload())).Value();

        Assert.True(_rig.Shutdown.IsStopping);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    [InlineData(3 * Rig.BlockBytes)]
    public async Task A_body_under_way_is_waited_for_and_stored(int bytes)
    {
        var storing = StoreAsync(Upload());
        _body.Send(ScriptedBody.Content(bytes));
        await Outcome.UntilAsync(() => _body.IsReadPending);

        _rig.Shutdown.Close();
        Assert.Equal(1, _rig.Shutdown.UnderWay);
        Assert.False(_rig.Shutdown.WhenIdleAsync().IsCompleted);
        _body.Send(ScriptedBody.Content(10));
        _body.End();

        Assert.Equal(bytes + 10, (await storing).Value().Bytes);
        await _rig.Shutdown.WhenIdleAsync().Soon();
    }

    [Fact]
    public async Task It_waits_for_nobody_when_nobody_is_there_and_for_the_last_when_there_are_several()
    {
        _rig.Shutdown.Enter();
        _rig.Shutdown.Enter();
        _rig.Shutdown.Close();
        _rig.Shutdown.Leave();
        Assert.False(_rig.Shutdown.WhenIdleAsync().IsCompleted);
        _rig.Shutdown.Leave();
        await _rig.Shutdown.WhenIdleAsync().Soon();

        var other = new Rig().Shutdown;
        Assert.False(other.WhenIdleAsync().IsCompleted);
        other.Close();
        await other.WhenIdleAsync().Soon();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(600)]
    [InlineData(3 * Rig.BlockBytes)]
    public async Task A_body_that_is_not_there_when_patience_ends_is_our_failure_and_leaves_nothing(int bytes)
    {
        var storing = StoreAsync(Upload());
        _body.Send(ScriptedBody.Content(bytes));
        await Outcome.UntilAsync(() => _body.IsReadPending);

        _rig.Shutdown.Abandon();

        var failure = (await storing).Failed(FailureKind.ShuttingDown, bytes < _rig.Peek.WindowBytes ? Phase.Peek : Phase.Transfer);
        Assert.Equal(Party.Sluice, failure.Party);
        AssertNothingStored();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3L * Rig.BlockBytes)]
    public async Task A_body_that_storage_is_slow_to_take_is_our_failure_too(long? length)
    {
        _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.StallAfter(1));
        _body.Then(ScriptedBody.Content(3 * Rig.BlockBytes)).ThenEnd();

        var storing = StoreAsync(Upload() with { Length = length });
        await Outcome.UntilAsync(() => _rig.Storage.Of(StorageOperation.PutBlock).Count > 0);
        _rig.Shutdown.Abandon();

        (await storing).Failed(FailureKind.ShuttingDown, Phase.Transfer);
        AssertNothingStored();
    }

    [Fact]
    public async Task A_body_that_waits_for_memory_is_our_failure_too()
    {
        var others = _rig.Take(_rig.Memory.BudgetBytes);

        var storing = _rig.StoreAsync(Upload());
        _rig.Shutdown.Abandon();

        (await storing.Soon()).Failed(FailureKind.ShuttingDown, Phase.Admit);
        others.Dispose();
    }

    [Fact]
    public async Task A_client_that_left_before_has_left()
    {
        var storing = StoreAsync(Upload());
        await _rig.Client.CancelAsync();

        (await storing).Failed(FailureKind.ClientGone, Phase.Peek);
        _rig.Shutdown.Abandon();
    }

    [Fact]
    public async Task Time_that_runs_out_for_a_client_during_the_grace_is_still_its_own()
    {
        var storing = StoreAsync(Upload());
        await Outcome.UntilAsync(() => _body.IsReadPending);
        _rig.Shutdown.Close();
        _rig.Time.Advance(_rig.Body.IdleTimeout);

        (await storing).Failed(FailureKind.ClientStalled, Phase.Peek);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3 * Rig.BlockBytes)]
    public async Task A_relayed_body_is_never_whole_for_the_service(int? length)
    {
        var service = new ScriptedDownstream { DeclaredLength = length };
        var sent = 3 * Rig.BlockBytes - 1;
        var relaying = _rig.UploadPipeline.TakeAsync(
            Upload() with
            {
                Destination = new(null, new RelayPath("a", "/")),
                Downstreams = service,
                Length = length
            }, _rig.Client.Token).AsTask();
        _body.Send(ScriptedBody.Content(sent));
        await Outcome.UntilAsync(() => _body.IsReadPending && service.Received.Length == sent);

        _rig.Shutdown.Abandon();

        (await relaying.Soon()).Failed(FailureKind.ShuttingDown, Phase.Transfer);
        Assert.False(service.SawWhole);
        Assert.True(service.SawAbort);
    }

    [Theory]
    [InlineData(TeeCommit.Both)]
    [InlineData(TeeCommit.BlobFirst)]
    [InlineData(TeeCommit.DownstreamFirst)]
    public async Task Both_sides_of_a_tee_are_abandoned(TeeCommit commit)
    {
        var service = new ScriptedDownstream();
        var taking = _rig.UploadPipeline.TakeAsync(
            Upload() with
            {
                Destination = new(Rig.Target, new RelayPath("a", "/"), commit),
                Downstreams = service
            }, _rig.Client.Token).AsTask();
        _body.Send(ScriptedBody.Content(3 * Rig.BlockBytes));
        await Outcome.UntilAsync(() => _body.IsReadPending && service.Received.Length == 3 * Rig.BlockBytes);

        _rig.Shutdown.Abandon();

        (await taking.Soon()).Failed(FailureKind.ShuttingDown, Phase.Transfer);
        Assert.False(service.SawWhole);
        Assert.True(service.SawAbort);
        AssertNothingStored();
        Assert.Equal(0, _rig.Pool.InUseBytes);
    }

    private Upload Upload() => new() { Body = _body.Incoming, Destination = new(Rig.Target) };

    private async Task<Result<Receipt>> StoreAsync(Upload upload)
    {
        var stored = await _rig.StoreAsync(upload).Soon();
        Assert.Equal(0, _rig.Pool.InUseBytes);
        return stored;
    }

    private void AssertNothingStored() => Assert.Empty(_rig.Storage.Blobs);
}
