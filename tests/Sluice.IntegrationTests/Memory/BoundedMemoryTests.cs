using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Memory;

/// <summary>Memory depends on the buffer, which is configured, and not on the body.</summary>
[Collection(MemoryTests.Name)]
public sealed class BoundedMemoryTests(AzuriteFixture azurite, WarmWorker warm)
{
    private const int Mib = 1024 * 1024;

    [Fact]
    public async Task A_body_of_1_GB_needs_no_more_than_one_of_100_MB()
    {
        var worker = warm.Worker;
        var small = await worker.MeasureAsync("warm, PUT 100 MB", () => worker.PutAsync(Requirement.BodyBytes, Framing.Chunked, seed: 7));
        var large = await worker.MeasureAsync(
            $"warm, PUT {Requirement.LargeBodyBytes / Requirement.Megabyte} MB",
            () => worker.PutAsync(Requirement.LargeBodyBytes, Framing.Chunked, seed: 8));
        Requirement.Holds(large);
        // What it adds is age and not length: generations fill until they are first collected, threads come and go.
        Assert.InRange(large.PeakBytes - small.PeakBytes, long.MinValue, 2 * Requirement.Megabyte);
    }

    [Fact]
    public async Task The_memory_of_an_upload_follows_the_block_size()
    {
        const int InFlight = 4;
        var small = await PeakAsync(new() { ["Sluice:Blob:BlocksInFlight"] = $"{InFlight}", ["Sluice:Blob:BlockBytes"] = $"{Mib}" });
        var large = await PeakAsync(new() { ["Sluice:Blob:BlocksInFlight"] = $"{InFlight}", ["Sluice:Blob:BlockBytes"] = $"{8 * Mib}" });
        // The one that is being filled, and those on their way to storage. Beside them, two fresh processes differ by up to 4 MiB.
        var expected = (InFlight + 1) * 7 * Mib;
        Assert.InRange(large - small, expected * 0.8, expected * 1.2);
    }

    [Fact]
    public async Task Many_uploads_share_one_budget()
    {
        const int Uploads = 16;
        // The worker keeps the invocation beside the request: 14.7 MiB in all on a quiet machine, 16.5 on a busy one.
        var (budget, ownOfEach) = (8 * Mib, TestedHost.IsFunctions ? 3 * Mib / 4 : Mib / 2);
        var settings = new ServerSettings
        {
            More = new Dictionary<string, string>
            {
                ["Sluice:Memory:BudgetBytes"] = $"{budget}",
                ["Sluice:Memory:WaitTimeout"] = "00:03:00",
            },
        };
        await using var worker = await MeasuredWorker.FreshAsync(azurite, settings);
        var reading = await worker.MeasureAsync($"{Uploads} uploads of 10 MB at once, a budget of 8 MiB", () => Task.WhenAll(
            Enumerable.Range(0, Uploads)
                .Select(i => worker.PutAsync(10 * Requirement.Megabyte, Framing.Chunked, seed: 10, suffix: $"-{i}"))));
        // Beside the budget, each connection has what was received and not read yet, and its objects.
        Assert.InRange(reading.DeltaBytes, 0, budget + (Uploads * ownOfEach));
    }

    // The warm-up touches the blocks of one upload before the first request, so they are in the base: only peaks compare.
    private async Task<long> PeakAsync(Dictionary<string, string> more)
    {
        await using var worker = await MeasuredWorker.FreshAsync(azurite, new ServerSettings { More = more });
        var settings = string.Join(", ", more.Select(setting => $"{setting.Key}={setting.Value}"));
        var reading = await worker.MeasureAsync(
            $"first request, PUT 100 MB, {settings}", () => worker.PutAsync(Requirement.BodyBytes, Framing.Chunked, seed: 9));
        Requirement.Holds(reading);
        return reading.PeakBytes;
    }
}
