using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Routing;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Storage;
using Sluice.Uploads;

namespace Sluice.Tests.Uploads;

public sealed class AdmissionTests
{
    private readonly Rig _rig = new();

    [Theory]
    [InlineData("inbox", "a/b.txt", null)]
    [InlineData("outbox", "a/b.txt", nameof(FailureKind.ContainerUnknown))]
    [InlineData("Inbox", "a/b.txt", nameof(FailureKind.ContainerUnknown))]
    [InlineData("", "a/b.txt", nameof(FailureKind.ContainerUnknown))]
    [InlineData("invoices", "a/b.txt", null)]
    [InlineData("real-name", "a/b.txt", nameof(FailureKind.ContainerUnknown))]
    [InlineData("inbox", "a/../b.txt", nameof(FailureKind.NameInvalid))]
    [InlineData("inbox", "", nameof(FailureKind.NameInvalid))]
    public void Only_good_names_in_open_containers_are_targets(string container, string name, string? kind)
    {
        _rig.Blob.Aliases["invoices"] = "real-name";

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
        Assert.Equal(
            refused,
            Admission.CheckLength(length, _rig.Admission.MaxBytes(_rig.Admission.PlanFor(length)))?.Kind == FailureKind.BodyTooLarge);

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

    [Fact]
    public void The_largest_body_is_what_azure_takes_unless_less_is_configured()
    {
        Assert.Equal(50_000L * (4_000L << 20), _rig.Admission.MaxDeclaredBytes);
        Assert.Equal(37_500L * (256 << 10), _rig.Admission.MaxHeldBytes);

        _rig.Body.MaxBytes = 1_000;

        Assert.Equal(1_000, _rig.Admission.MaxDeclaredBytes);
        Assert.Equal(1_000, _rig.Admission.MaxHeldBytes);
    }

    [Theory]
    [InlineData(null, 0, true)]
    [InlineData(null, 9, true)]
    [InlineData(null, 10, false)]
    [InlineData(null, 11, false)]
    [InlineData(256L << 10, 9, true)]
    [InlineData((256L << 10) + 1, 9, false)]
    [InlineData(0L, 10, false)]
    public void The_rest_of_a_body_has_a_plan_where_blocks_that_memory_can_hold_are_left_for_it(long? bytes, int blocks, bool hasPlan)
    {
        _rig.Blob.MaxBlocks = 10;

        var plan = _rig.Admission.PlanForRest(bytes, blocks);

        Assert.Equal(hasPlan, plan is not null);
        Assert.True(plan is null || plan.Has(0));
        Assert.False(plan?.Has(10 - blocks) ?? false);
    }

    // The least of what the request, the settings, and the service behind allow.
    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData(10L, 20L, 30L, 10L)]
    [InlineData(20L, 10L, 30L, 10L)]
    [InlineData(30L, 20L, 10L, 10L)]
    [InlineData(null, null, 10L, 10L)]
    [InlineData(null, 10L, null, 10L)]
    public async Task A_body_may_be_as_large_as_all_who_get_it_allow(long? request, long? configured, long? service, long? least)
    {
        _rig.Body.MaxBytes = configured;
        var relay = new RelayPath("service", "");
        foreach (var (destination, most) in ((Destination, long?)[])[
            (new(null, relay), least), (new(Rig.Target, relay), least ?? (50_000L * (4_000L << 20)))])
        {
            var upload = Upload() with { Destination = destination, MaxBytes = request, Downstreams = new Service(service) };
            var plan = _rig.Admission.PlanFor(long.MaxValue);

            Assert.Equal(most ?? long.MaxValue, _rig.Admission.MaxBytes(upload, destination, plan));
            if (most is { } bytes)
            {
                Assert.Null(await CheckAsync(upload with { Length = bytes }));
                Assert.Equal(
                    bytes, (await CheckAsync(upload with { Length = bytes + 1 })).Is(FailureKind.BodyTooLarge, Phase.Admit).LimitBytes);
            }
        }
    }

    [Fact]
    public async Task What_is_only_stored_is_not_limited_by_a_service()
    {
        _rig.Body.MaxBytes = 10;

        Assert.Null(await CheckAsync(Upload() with { Length = 10, Downstreams = new Service(1) }));
    }

    [Fact]
    public async Task A_body_for_a_service_that_does_not_take_it_is_refused()
    {
        var upload = Upload() with { Destination = new(Rig.Target, new RelayPath("other", "")) };

        (await CheckAsync(upload)).Is(FailureKind.TargetUnknown, Phase.Admit);
    }

    [Fact]
    public async Task Properties_that_can_not_be_stored_are_refused() =>
        (await CheckAsync(Upload() with { Properties = new() { ContentType = "a\r\nb" } }))
            .Is(FailureKind.HeaderInvalid, Phase.Admit);

    [Fact]
    public async Task An_upload_whose_blocks_pass_through_or_that_is_not_stored_needs_no_memory()
    {
        _ = _rig.Take(_rig.Memory.BudgetBytes);

        Assert.Null(await CheckAsync(Upload() with { Length = 1L << 45 }).Soon());
        Assert.Null(
            await CheckAsync(Upload() with { Destination = new(null, new RelayPath("service", "")), Downstreams = new Service(null) })
                .Soon());
    }

    [Fact]
    public async Task A_body_that_is_passed_on_later_is_no_larger_than_each_service_takes()
    {
        var destination = new Destination(Rig.Target) { PassOn = [new RelayPath("service", "")] };
        var upload = Upload() with { Destination = destination, Downstreams = new Service(10) };

        Assert.Null(await CheckAsync(upload with { Length = 10 }));
        (await CheckAsync(upload with { Length = 11 })).Is(FailureKind.BodyTooLarge, Phase.Admit);
    }

    [Fact]
    public async Task Why_it_is_refused_is_said_in_a_sentence()
    {
        _rig.Body.MaxBytes = 1_000;
        _rig.Storage.Put(Rig.Target.ToString(), [1]);
        var nowhere = new BlobTarget("inbox", "nowhere");
        Failure?[] refused =
        [
            _rig.Admission.CheckTarget(new("outbox", "a")),
            Admission.CheckLength(1_001, 1_000),
            await CheckAsync(Upload() with { Condition = new(null, "*") }),
            await CheckAsync(Upload() with { Condition = new("*", null), Destination = new(nowhere) }),
            await WaitAsync(static rig => rig.Time.Advance(rig.Memory.WaitTimeout)),
            await WaitAsync(static rig => rig.Client.Cancel()),
        ];

        Assert.All(refused, static failure => Assert.Matches(@"^['A-Z][^\r\n]*[\w)]\.$", Assert.IsType<Failure>(failure).Detail));
        Assert.Equal(refused.Length, refused.Select(static failure => failure!.Detail).Distinct().Count());

        async Task<Failure?> WaitAsync(Action<Rig> happens)
        {
            using var others = _rig.Take(_rig.Memory.BudgetBytes);
            var waiting = AdmitAsync();
            happens(_rig);
            return await waiting.Soon();
        }
    }

    private static Upload Upload() => new() { Body = new ScriptedBody().Incoming, Destination = new(Rig.Target) };

    private Task<Failure?> CheckAsync(Upload upload) =>
        _rig.Admission.CheckAndWaitAsync(upload, upload.Destination!, _rig.Admission.PlanFor(upload.Length), _rig.Client.Token).AsTask();

    private Task<Failure?> AdmitAsync(long? length = null) => CheckAsync(Upload() with { Length = length });

    private sealed class Service(long? maxBytes) : IDownstreams
    {
        public Failure? Check(RelayPath path) => null;

        public long? MaxBytes(RelayPath path) => maxBytes;

        public RelayRequest Describe(IReadOnlyList<RelayPath> paths) => new(paths, "PUT", "", []);

        public IDownstreamRequest Open(RelayPath path, Guid? key = null) => throw new NotSupportedException();
    }
}
