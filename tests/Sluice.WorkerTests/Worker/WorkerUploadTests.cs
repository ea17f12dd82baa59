using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Sluice.FunctionsHost;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Framing = Sluice.IntegrationTests.Memory.Framing;

namespace Sluice.IntegrationTests.Worker;

/// <summary>Bodies that are cut, and bodies under way when the worker is told to stop.</summary>
public sealed class WorkerUploadTests(AzuriteFixture azurite)
{
    private const int Cuts = 30;
    // Those of which a block is seen at storage, at the least.
    private const int Least = 10;
    // A block, and what it takes to begin the next.
    private const int StagedBytes = TestBody.Mib + (256 * 1024);
    private const int AtOnce = 8;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_is_cut_anywhere_leaves_nothing()
    {
        await using var worker = await HostedWorker.StartAsync(azurite);
        var random = new Random(20261127);
        var cuts = Enumerable.Range(0, Cuts)
            .Select(i => (Name: $"cut-{i}", Bytes: random.Next(1, 3 * TestBody.Mib), IsReset: random.Next(2) == 0))
            .ToList();

        await Parallel.ForEachAsync(
            cuts, new ParallelOptions { MaxDegreeOfParallelism = 5, CancellationToken = Cancelled }, async (cut, _) =>
        {
            using var client = await BeginAsync(worker, cut.Name, cut.Bytes);
            // A block of it is at storage.
            if (cut.Bytes > StagedBytes)
                await UntilUncommittedAsync(worker, cut.Name);
            if (cut.IsReset)
                client.Reset();
            else
                client.Finish();
        });

        // All that began have ended.
        await worker.UntilAsync(static host =>
            Count(host, "Executing") >= Least && Count(host, "Executed") + Count(host, "Failed '") >= Count(host, "Executing"));
        await worker.PutAsync("after", TestBody.Mib, Framing.Chunked, seed: 7);
        Assert.Equal(["after"], await NamesAsync(worker.Container));
    }

    [Fact]
    public async Task Bodies_under_way_when_the_worker_is_told_to_stop_are_stored_to_their_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM.");
        // They go on as soon as it has heard the signal: the grace period only must be longer than a busy machine needs for that.
        await using var worker = await HostedWorker.StartAsync(azurite, new Dictionary<string, string> { ["Sluice:Shutdown:GracePeriod"] = "00:02:00" });
        var (first, rest) = (TestBody.Of(2 * TestBody.Mib), TestBody.Of(TestBody.Mib));
        var clients = new List<RawClient>();
        try
        {
            for (var i = 0; i < AtOnce; i++)
                clients.Add(await BeginAsync(worker, $"stop-{i}", first.Length));
            // They are admitted, and under way: a block of each is at storage.
            for (var i = 0; i < AtOnce; i++)
                await UntilUncommittedAsync(worker, $"stop-{i}");

            worker.Host.TerminateWorker();
            await worker.UntilLoggedAsync(static line => line.Message.Contains($"{AtOnce} active uploads", StringComparison.Ordinal));
            foreach (var client in clients)
            {
                await client.SendChunkAsync(rest, Cancelled);
                await client.SendChunkAsync(default, Cancelled);
                Assert.Equal(201, (await client.ReadAsync(Cancelled)).Status);
            }
        }
        finally
        {
            clients.ForEach(static client => client.Dispose());
        }

        Assert.Equal(0, await worker.Host.WorkerExitAsync(Cancelled).WaitAsync(SluiceFixture.Patience, Cancelled));
        var expected = SHA256.HashData([.. first, .. rest]);
        for (var i = 0; i < AtOnce; i++)
            Assert.Equal(
                expected,
                SHA256.HashData((await worker.Container.GetBlobClient($"stop-{i}").DownloadContentAsync(Cancelled)).Value.Content));
    }

    private static async Task<RawClient> BeginAsync(HostedWorker worker, string name, int bytes)
    {
        var client = await RawClient.ConnectAsync(worker.Host.Address, Cancelled);
        await client.SendHeadAsync(worker.PathOf(name), [$"x-functions-key: {worker.Host.Key}", "Transfer-Encoding: chunked"], Cancelled);
        await client.SendChunkAsync(TestBody.Of(bytes), Cancelled);
        return client;
    }

    private static int Count(StandInHost host, string beginning) =>
        host.Logs.Count(line => line.Message.StartsWith(beginning, StringComparison.Ordinal));

    private static async Task UntilUncommittedAsync(HostedWorker worker, string name)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(SluiceFixture.Patience);
        while (true)
        {
            await foreach (var blob in worker.Container.GetBlobsAsync(BlobTraits.None, BlobStates.Uncommitted, name, patience.Token))
            {
                if (blob.Name == name)
                    return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
    }

    private static async Task<List<string>> NamesAsync(BlobContainerClient container)
    {
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: Cancelled))
            names.Add(blob.Name);
        return names;
    }
}
