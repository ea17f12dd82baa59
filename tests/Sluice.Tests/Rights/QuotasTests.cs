using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.Callers;
using Sluice.Failures;
using Sluice.Rights;
using Sluice.Settings;
using Sluice.Tests.Diagnostics;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Rights;

/// <summary>How bytes are counted where storage is not honest.</summary>
public sealed class QuotasTests
{
    private readonly Rig _rig = new() { Blob = { QuotaContainer = "counts" } };
    private readonly LogLines _lines = new();

    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    private Quotas Quotas => new(_rig.Clients, Options.Create(_rig.Blob), _rig.Time, _lines);

    [Fact]
    public async Task What_did_not_arrive_is_taken_back_and_the_next_day_is_new()
    {
        var reserved = await ReservedAsync(100);
        await reserved.SettleAsync(40);
        (await Quotas.ReserveAsync(Of("ann"), 61, Unending)).Failure.Is(FailureKind.QuotaExceeded, Phase.Admit);
        await ReservedAsync(60);
        Assert.Equal(100, (await ReservedAsync(null, "bob")).MaxBytes);

        _rig.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(100, (await ReservedAsync(null)).MaxBytes);
    }

    // The SDK sends it again, and finds its own condition broken by the first one.
    [Fact]
    public async Task A_change_whose_answer_was_lost_counts_once()
    {
        _rig.Blob.MaxRetries = 1;
        _rig.Storage.On(StorageOperation.PutBlockList, 0, Turn.LoseAnswer);

        var counted = ReservedAsync(60);
        // It waits for a moment before it looks again.
        while (!counted.IsCompleted)
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Unending);
        }

        await counted;
        Assert.Equal(40, (await ReservedAsync(null)).MaxBytes);
    }

    [Fact]
    public async Task What_can_t_be_counted_is_refused()
    {
        foreach (var operation in (StorageOperation[])[StorageOperation.GetProperties, StorageOperation.PutBlockList])
        {
            _rig.Storage.On(operation, _rig.Storage.Of(operation).Count, Turn.Refuse(500, "InternalError"));

            Assert.Equal(Party.Storage, (await Quotas.ReserveAsync(Of("ann"), 60, Unending)).Failure!.Party);
        }
    }

    [Fact]
    public async Task A_count_that_can_t_be_changed_after_the_body_is_logged()
    {
        var reserved = await ReservedAsync(60);
        _rig.Storage.OnEvery(StorageOperation.PutBlockList, Turn.Refuse(500, "InternalError"));

        await reserved.SettleAsync(40);

        var line = Assert.Single(_lines.All);
        Assert.Equal((43, LogLevel.Warning), (line.Event, line.Level));
        Assert.StartsWith("-20 bytes could not be counted", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_is_told_apart_from_storage()
    {
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        (await Quotas.ReserveAsync(Of("ann"), 60, left.Token)).Failure.Is(FailureKind.ClientGone, Phase.Admit);
    }

    [Fact]
    public async Task What_is_no_count_lets_nothing_pass()
    {
        await ReservedAsync(1);
        _rig.Storage.Put(Assert.Single(_rig.Storage.Blobs).Key, []);

        (await Quotas.ReserveAsync(Of("ann"), 1, Unending)).Failure.Is(FailureKind.QuotaExceeded, Phase.Admit);
    }

    private async Task<QuotaReservation> ReservedAsync(long? length, string id = "ann") =>
        (await Quotas.ReserveAsync(Of(id), length, Unending)).TryGet(out var reserved, out var failure)
            ? reserved
            : throw new InvalidOperationException(failure.ToString());

    private static Grant Of(string id)
    {
        var problems = new List<string>();
        var right = new RightOptions
        {
            Name = "some",
            Callers = new() { Kinds = { CallerKind.Token } },
            Operations = { RightOperation.Write },
            Containers = { RightOptions.Any },
            BytesPerDay = 100,
        };
        var table = RightsTable.Compile([right], new() { QuotaContainer = "counts" }, [], problems);
        Assert.Empty(problems);
        return table.Find(new Caller { Kind = CallerKind.Token, Id = id }, RightOperation.Write, Place.Somewhere("inbox"))
            .TryGet(out var grant, out var failure) ? grant : throw new InvalidOperationException(failure.ToString());
    }
}
