using Sluice.FunctionsHost.Logs;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Framing = Sluice.IntegrationTests.Memory.Framing;

namespace Sluice.IntegrationTests.Worker;

/// <summary>What becomes of a worker that ends, and of the host.</summary>
public sealed class WorkerLifeTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_that_is_told_to_stop_ends_with_0_and_no_other_one_is_started()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM.");
        await using var worker = await HostedWorker.StartAsync(azurite);
        await worker.PutAsync("x", 1000, Framing.Chunked, seed: 1);

        worker.Host.TerminateWorker();

        Assert.Equal(0, await worker.Host.WorkerExitAsync(Cancelled).WaitAsync(SluiceFixture.Patience, Cancelled));
        await Task.Delay(TimeSpan.FromSeconds(1), Cancelled);
        Assert.Equal(1, worker.Host.WorkerStarts);
        Assert.False(worker.Host.GaveUp.IsCompleted);
        // It belongs to no invocation, and is in the host's log all the same.
        await worker.UntilLoggedAsync(static line => line.Source == LogSource.Console && line.Message.Contains(
            "ShutdownService[14] Shutting down", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_that_the_host_stops_ends_with_0()
    {
        await using var worker = await HostedWorker.StartAsync(azurite);
        await worker.PutAsync("x", 1000, Framing.Chunked, seed: 1);
        Assert.Equal(0, await worker.Host.StopWorkerAsync());
    }

    [Fact]
    public async Task A_worker_that_crashes_is_replaced_and_the_third_crash_ends_the_host()
    {
        await using var worker = await HostedWorker.StartAsync(azurite);
        Assert.Equal((500, ""), await worker.StallAsync("lost", TestBody.Mib, async () =>
        {
            await worker.UntilExecutingAsync();
            worker.Host.KillWorker();
        }));
        await worker.PutAsync("x", 1000, Framing.Chunked, seed: 1);
        Assert.Equal(2, worker.Host.WorkerStarts);

        var exited = worker.Host.WorkerExitAsync(Cancelled);
        worker.Host.KillWorker();
        _ = await exited;
        await worker.PutAsync("y", 1000, Framing.Chunked, seed: 1);
        Assert.False(worker.Host.GaveUp.IsCompleted);

        worker.Host.KillWorker();
        await worker.Host.GaveUp.WaitAsync(SluiceFixture.Patience, Cancelled);
        Assert.Equal(3, worker.Host.WorkerStarts);
    }

    [Fact]
    public async Task An_invocation_that_takes_too_long_ends_its_worker_and_another_one_follows()
    {
        await using var worker = await HostedWorker.StartAsync(
            azurite,
            with: static host => host with { FunctionTimeout = TimeSpan.FromSeconds(15), StopGracePeriod = TimeSpan.FromSeconds(5) });
        var exited = worker.Host.WorkerExitAsync(Cancelled);
        Assert.Equal((500, ""), await worker.StallAsync("x", TestBody.Mib));
        _ = await exited;
        await worker.PutAsync("y", 1000, Framing.Chunked, seed: 1);
        Assert.Equal(2, worker.Host.WorkerStarts);
    }

    [Fact]
    public async Task What_a_worker_logs_outside_of_an_invocation_is_dropped()
    {
        await using var worker = await HostedWorker.StartAsync(azurite);
        await worker.PutAsync("x", 1000, Framing.Chunked, seed: 1);

        Assert.All(
            worker.Host.Logs.Where(static line => line.Source == FunctionsHost.Logs.LogSource.Invocation),
            static line => Assert.NotEmpty(line.InvocationId));
        Assert.Contains(worker.Host.DroppedLogs, static line => line.InvocationId.Length == 0);
    }
}
