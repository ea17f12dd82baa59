using Sluice.Tests.Body;
using Sluice.Tests.Sinks.Blob;

namespace Sluice.Tests;

public sealed class AdmissionTests
{
    private readonly Rig _rig = new();

    [Theory]
    [InlineData("inbox", "a/b.txt", null)]
    [InlineData("outbox", "a/b.txt", nameof(FailureKind.ContainerUnknown))]
    [InlineData("Inbox", "a/b.txt", nameof(FailureKind.ContainerUnknown))]
    [InlineData("", "a/b.txt", nameof(FailureKind.ContainerUnknown))]
    [InlineData("inbox", "a/../b.txt", nameof(FailureKind.NameInvalid))]
    [InlineData("inbox", "", nameof(FailureKind.NameInvalid))]
    public void Only_good_names_in_open_containers_are_targets(string container, string name, string? kind)
    {
        var failure = _rig.Admission.CheckTarget(new BlobTarget(container, name));

        Assert.Equal(kind, failure?.Kind.ToString());
        Assert.Equal(kind is null ? null : Phase.Admit, failure?.Phase);
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public void A_length_over_the_configured_limit_is_refused(long length, bool refused)
    {
        _rig.Body.MaxBytes = 1_000;
        var plan = _rig.Admission.PlanFor(length);

        Assert.Equal(1_000, _rig.Admission.MaxBytes(plan));
        var failure = Admission.CheckLength(length, _rig.Admission.MaxBytes(plan));
        Assert.Equal(refused ? 1_000 : null, failure?.Is(FailureKind.BodyTooLarge, Phase.Admit).LimitBytes);
    }

    [Theory]
    [InlineData(50_000L * (4_000L << 20), false)]
    [InlineData((50_000L * (4_000L << 20)) + 1, true)]
    public void A_length_over_azures_limit_is_refused_though_none_is_configured(long length, bool refused) =>
        Assert.Equal(refused, Admission.CheckLength(length, _rig.Admission.MaxBytes(_rig.Admission.PlanFor(length)))?.Kind == FailureKind.BodyTooLarge);

    [Fact]
    public void A_length_that_is_not_known_is_not_refused() => Assert.Null(Admission.CheckLength(null, 1));

    [Theory]
    [InlineData(1 << 20, 256 << 10)]
    [InlineData((1 << 20) + (255 << 10), 256 << 10)]
    [InlineData(64 << 20, 16 << 20)]
    [InlineData(64 << 10, 64 << 10)]
    public void One_upload_holds_blocks_of_a_quarter_of_the_budget_at_most_but_of_one_block_at_least(long budget, long held)
    {
        _rig.Memory.BudgetBytes = budget;

        Assert.False(_rig.Admission.PlanFor(37_500 * held).PassThrough);
        Assert.True(_rig.Admission.PlanFor((37_500 * held) + 1).PassThrough);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(100L)]
    [InlineData(1L << 30)]
    public async Task An_upload_that_is_admitted_holds_nothing(long? length)
    {
        Assert.Null(await AdmitAsync(length));

        Assert.Equal(0, _rig.Pool.InUseBytes);
    }

    [Fact]
    public async Task An_upload_of_no_bytes_needs_no_memory()
    {
        _ = _rig.Take(_rig.Memory.BudgetBytes);

        Assert.Null(await AdmitAsync(0).Soon());
    }

    [Fact]
    public async Task An_upload_that_finds_no_memory_in_time_is_told_when_to_come_back()
    {
        _ = _rig.Take(_rig.Memory.BudgetBytes);

        var renting = AdmitAsync();
        Assert.False(renting.IsCompleted);
        _rig.Time.Advance(_rig.Memory.WaitTimeout);

        var failure = (await renting.Soon()).Is(FailureKind.OverBudget, Phase.Admit);
        Assert.Equal(_rig.Memory.WaitTimeout + TimeSpan.FromSeconds(1), failure.RetryAfter);
    }

    [Fact]
    public async Task A_client_that_leaves_while_it_waits_for_memory_is_gone()
    {
        var others = _rig.Take(_rig.Memory.BudgetBytes);

        var renting = AdmitAsync();
        await _rig.Client.CancelAsync();

        (await renting.Soon()).Is(FailureKind.ClientGone, Phase.Admit);
        others.Dispose();
        Assert.Equal(0, _rig.Pool.InUseBytes);
    }

    [Theory]
    [InlineData(null, "*", true, false)]
    [InlineData(null, "*", false, true)]
    [InlineData("*", null, true, true)]
    [InlineData("*", null, false, false)]
    [InlineData("\"other\"", null, true, false)]
    [InlineData(null, "\"other\"", true, true)]
    public async Task A_condition_is_checked_before_the_body(string? ifMatch, string? ifNoneMatch, bool exists, bool admitted)
    {
        if (exists)
        {
            _rig.Storage.Put(Rig.Target.ToString(), [1]);
        }

        var failure = await CheckAsync(Upload() with { Condition = new(ifMatch, ifNoneMatch) });

        Assert.Equal(admitted ? null : FailureKind.PreconditionFailed, failure?.Kind);
        Assert.Equal([StorageOperation.GetProperties], _rig.Storage.Requests.Select(request => request.Operation));
    }

    [Fact]
    public async Task Storage_is_not_asked_without_a_condition()
    {
        Assert.Null(await CheckAsync(Upload()));

        Assert.Empty(_rig.Storage.Requests);
    }

    [Fact]
    public async Task Storage_is_not_asked_about_what_is_refused_anyway()
    {
        var upload = Upload() with { Destination = new(new BlobTarget("outbox", "a")), Condition = new(null, "*") };

        (await CheckAsync(upload)).Is(FailureKind.ContainerUnknown, Phase.Admit);

        Assert.Empty(_rig.Storage.Requests);
    }

    [Fact]
    public async Task A_condition_that_can_not_be_checked_is_storages_failure()
    {
        _rig.Storage.OnEvery(StorageOperation.GetProperties, Turn.Refuse(403, "AuthorizationFailure"));

        (await CheckAsync(Upload() with { Condition = new("*", null) })).Is(FailureKind.StorageDenied, Phase.Admit);
    }

    private static Upload Upload() => new() { Body = new ScriptedBody().Incoming, Destination = new(Rig.Target) };

    private Task<Failure?> CheckAsync(Upload upload) =>
        _rig.Admission.AdmitAsync(upload, upload.Destination!, _rig.Admission.PlanFor(upload.Length), _rig.Client.Token).AsTask();

    private Task<Failure?> AdmitAsync(long? length = null) => CheckAsync(Upload() with { Length = length });
}
