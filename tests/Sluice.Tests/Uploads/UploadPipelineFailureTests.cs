using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Storage;
using Sluice.Uploads;

namespace Sluice.Tests.Uploads;

/// <summary>Uploads that fail, point by point: who is blamed, what was read by then, and that all memory is back.</summary>
public sealed class UploadPipelineFailureTests
{
    private readonly Rig _rig = new();
    private readonly ScriptedBody _body = new();

    [Theory]
    [InlineData("outbox", "a", null, null, nameof(FailureKind.ContainerUnknown))]
    [InlineData("inbox", "a//b", null, null, nameof(FailureKind.NameInvalid))]
    [InlineData("inbox", "a", 1_001L, null, nameof(FailureKind.BodyTooLarge))]
    [InlineData("inbox", "a", null, "not-a-name", nameof(FailureKind.HeaderInvalid))]
    public async Task What_can_be_refused_is_refused_before_the_first_read(
        string container, string name, long? length, string? metadata, string kind)
    {
        _rig.Body.MaxBytes = 1_000;
        var properties = new BlobProperties { Metadata = metadata is null ? [] : new Dictionary<string, string> { [metadata] = "" } };

        var stored = await StoreAsync(Upload() with
        {
            Destination = new(new BlobTarget(container, name)),
            Length = length,
            Properties = properties
        });

        stored.Failed(Enum.Parse<FailureKind>(kind), Phase.Admit);
        Assert.Equal(0, _body.Reads);
        Assert.Empty(_rig.Storage.Requests);
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_is_refused_before_the_first_read()
    {
        _rig.Storage.Put(Rig.Target.ToString(), [1]);

        (await StoreAsync(Upload() with { Condition = new(null, "*") })).Failed(FailureKind.PreconditionFailed, Phase.Admit);

        Assert.Equal(0, _body.Reads);
        Assert.Equal([1], _rig.Stored);
    }

    [Fact]
    public async Task A_condition_that_ceases_to_hold_on_the_way_is_refused_by_storage()
    {
        var storing = StoreAsync(Upload() with { Condition = new(null, "*") });
        _rig.Storage.Put(Rig.Target.ToString(), [1]);
        _body.Send(ScriptedBody.Content(2 * Rig.BlockBytes));
        _body.End();

        (await storing).Failed(FailureKind.PreconditionFailed, Phase.Seal);
        Assert.Equal([1], _rig.Stored);
    }

    [Fact]
    public async Task An_upload_without_memory_is_refused_before_the_first_read()
    {
        var others = _rig.Take(_rig.Memory.BudgetBytes);

        var storing = StoreAsync(Upload(), inUseBytes: _rig.Memory.BudgetBytes);
        _rig.Time.Advance(_rig.Memory.WaitTimeout);

        Assert.NotNull((await storing).Failed(FailureKind.OverBudget, Phase.Admit).RetryAfter);
        Assert.Equal(0, _body.Reads);
        others.Dispose();
    }

    [Fact]
    public async Task A_client_that_leaves_while_its_upload_waits_for_memory_is_gone()
    {
        var others = _rig.Take(_rig.Memory.BudgetBytes);

        var storing = StoreAsync(Upload(), inUseBytes: _rig.Memory.BudgetBytes);
        await _rig.Client.CancelAsync();

        (await storing).Failed(FailureKind.ClientGone, Phase.Admit);
        Assert.Equal(0, _body.Reads);
        others.Dispose();
    }

    [Fact]
    public async Task An_upload_that_waited_for_memory_goes_on_when_there_is_some()
    {
        var others = _rig.Take(_rig.Memory.BudgetBytes);
        _body.Send(ScriptedBody.Content(100));
        _body.End();

        var storing = StoreAsync(Upload());
        Assert.Equal(0, _body.Reads);
        others.Dispose();

        (await storing).Value();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(600)]
    [InlineData(3 * Rig.BlockBytes)]
    public async Task A_client_that_leaves_after_so_many_bytes_is_gone(int bytes)
    {
        var storing = StoreAsync(Upload());
        _body.Send(ScriptedBody.Content(bytes));
        await _rig.Client.CancelAsync();

        (await storing).Failed(FailureKind.ClientGone, bytes < _rig.Peek.WindowBytes ? Phase.Peek : Phase.Transfer);
        AssertNothingStored();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(600)]
    [InlineData(3 * Rig.BlockBytes)]
    public async Task A_client_that_stalls_after_so_many_bytes_has_stalled(int bytes)
    {
        var storing = StoreAsync(Upload());
        _body.Send(ScriptedBody.Content(bytes));
        await Outcome.UntilAsync(() => _body.IsReadPending);
        _rig.Time.Advance(_rig.Body.IdleTimeout);

        (await storing).Failed(FailureKind.ClientStalled, bytes < _rig.Peek.WindowBytes ? Phase.Peek : Phase.Transfer);
        AssertNothingStored();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(600)]
    [InlineData(3 * Rig.BlockBytes)]
    public async Task A_body_that_breaks_after_so_many_bytes_is_truncated(int bytes)
    {
        _body.Then(ScriptedBody.Content(bytes)).Then(_body.Break);

        (await StoreAsync(Upload())).Failed(FailureKind.BodyTruncated, bytes < _rig.Peek.WindowBytes ? Phase.Peek : Phase.Transfer);

        AssertNothingStored();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(3 * Rig.BlockBytes)]
    public async Task A_body_that_turns_out_to_be_over_the_limit_is_not_stored(int bytes)
    {
        _rig.Body.MaxBytes = bytes - 1;
        _body.Then(ScriptedBody.Content(bytes)).ThenEnd();

        Assert.Equal(bytes - 1, (await StoreAsync(Upload())).Failed(FailureKind.BodyTooLarge, Phase.Transfer).LimitBytes);

        AssertNothingStored();
    }

    [Theory]
    [InlineData(nameof(StorageOperation.PutBlob), 100)]
    [InlineData(nameof(StorageOperation.PutBlock), 2 * Rig.BlockBytes)]
    [InlineData(nameof(StorageOperation.PutBlockList), 2 * Rig.BlockBytes)]
    public async Task A_storage_that_fails_is_blamed(string request, int bytes)
    {
        var operation = Enum.Parse<StorageOperation>(request);
        _rig.Storage.OnEvery(operation, Turn.Refuse(503, "ServerBusy"));
        _body.Then(ScriptedBody.Content(bytes)).ThenEnd();

        var phase = operation == StorageOperation.PutBlock ? Phase.Transfer : Phase.Seal;
        (await StoreAsync(Upload())).Failed(FailureKind.StorageThrottled, phase);

        AssertNothingStored();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    [InlineData(3 * Rig.BlockBytes)]
    public async Task A_bug_below_takes_no_memory_with_it(int bytes)
    {
        _body.Then(ScriptedBody.Content(bytes)).Then(() => _body.Break(new InvalidOperationException("A bug.")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => StoreAsync(Upload()));

        Assert.Equal(0, _rig.Pool.InUseBytes);
        AssertNothingStored();
    }

    private Upload Upload() => new() { Body = _body.Incoming, Destination = new(Rig.Target) };

    private async Task<Result<Receipt>> StoreAsync(Upload upload, long inUseBytes = 0)
    {
        var stored = await _rig.StoreAsync(upload).Soon();
        Assert.Equal(inUseBytes, _rig.Pool.InUseBytes);
        return stored;
    }

    private void AssertNothingStored() => Assert.Empty(_rig.Storage.Blobs);
}
