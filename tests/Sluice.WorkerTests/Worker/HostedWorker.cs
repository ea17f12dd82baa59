using Azure.Storage.Blobs;
using Sluice.FunctionsHost;
using Sluice.FunctionsHost.Logs;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Memory;
using Framing = Sluice.IntegrationTests.Memory.Framing;

namespace Sluice.IntegrationTests.Worker;

/// <summary>The published function app behind a stand-in for the Functions host, with a container of its own.</summary>
internal sealed class HostedWorker : IAsyncDisposable
{
    private HostedWorker(StandInHost host, BlobContainerClient container)
    {
        (Host, Container) = (host, container);
        Client = host.CreateClient();
    }

    public StandInHost Host { get; }

    public BlobContainerClient Container { get; }

    /// <summary>Sends the key.</summary>
    public HttpClient Client { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts both, and waits until the worker's memory is at rest if it is measured.</summary>
    /// <param name="azurite">Where it stores.</param>
    /// <param name="appSettings">What differs from the defaults.</param>
    /// <param name="with">What differs in the host.</param>
    /// <param name="isMeasured"><inheritdoc cref="ServerSettings.IsMeasured" path="/summary"/></param>
    public static async Task<HostedWorker> StartAsync(
        AzuriteFixture azurite, IReadOnlyDictionary<string, string>? appSettings = null,
        Func<StandInHostSettings, StandInHostSettings>? with = null, bool isMeasured = false)
    {
        var container = await azurite.NewContainerAsync();
        var settings = new Dictionary<string, string>(
            [.. ServerEnvironment.Patience, .. isMeasured ? [] : ServerEnvironment.QuickStart])
        {
            ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = $"{long.MaxValue}",
            ["Sluice:Blob:ConnectionString"] = azurite.ConnectionString,
            ["Sluice:Blob:Containers:0"] = container.Name,
        };
        foreach (var (name, value) in appSettings ?? new Dictionary<string, string>())
            settings[name] = value;
        var host = new StandInHostSettings
        {
            WorkerFolder = PublishedServer.WorkerFolder,
            AppSettings = settings,
            StopGracePeriod = SluiceFixture.Patience,
            ContinueTimeout = SluiceFixture.Patience,
        };
        var worker = new HostedWorker(await StandInHost.StartAsync(with?.Invoke(host) ?? host, Cancelled), container);
        try
        {
            if (isMeasured)
                await (await MemoryProbe.StartAsync(worker.Host.WorkerProcessId, Cancelled)).DisposeAsync();
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a blob of this test is.</summary>
    public string PathOf(string name) => $"/api/blobs/{Container.Name}/{name}";

    /// <summary>Sends a generated body, and compares what the answer says of it.</summary>
    public async Task PutAsync(string name, long bytes, Framing framing, ulong seed)
    {
        using var body = new GeneratedBody(bytes, seed);
        using var request = new HttpRequestMessage(HttpMethod.Put, PathOf(name)) { Content = new StreamContent(body, 64 * 1024) };
        request.Content.Headers.ContentLength = framing == Framing.ContentLength ? bytes : null;
        request.Headers.TransferEncodingChunked = framing == Framing.Chunked;
        using var answer = await Client.SendAsync(request, Cancelled);
        Assert.True(
            answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} to {bytes} bytes: "
                + $"{await answer.Content.ReadAsStringAsync(Cancelled)}\n{string.Join('\n', Host.Logs)}");
        Assert.Equal([$"sha-256=:{body.Sha256}:"], answer.Headers.GetValues("Repr-Digest"));
    }

    /// <summary>Sends so many bytes of a chunked body and then nothing more, and waits for the answer.</summary>
    public async Task<(int Status, string Body)> StallAsync(string name, int bytes, Func<Task>? then = null)
    {
        using var client = await RawClient.ConnectAsync(Host.Address, Cancelled);
        await client.SendHeadAsync(PathOf(name), [$"x-functions-key: {Host.Key}", "Transfer-Encoding: chunked"], Cancelled);
        await client.SendChunkAsync(TestBody.Of(bytes), Cancelled);
        await (then?.Invoke() ?? Task.CompletedTask);
        var answer = await client.ReadAsync(Cancelled);
        return (answer.Status, answer.Body);
    }

    /// <summary>Waits until a function is called, and a moment more.</summary>
    public async Task UntilExecutingAsync()
    {
        await UntilLoggedAsync(static line => line.Message.StartsWith("Executing", StringComparison.Ordinal));
        await Task.Delay(TimeSpan.FromMilliseconds(500), Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        await Container.DeleteIfExistsAsync();
    }

    /// <summary>Waits until such a line is in the host's log.</summary>
    public Task UntilLoggedAsync(Func<WorkerLog, bool> isMeant) => UntilAsync(host => host.Logs.Any(isMeant));

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<StandInHost, bool> happened)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(SluiceFixture.Patience);
        while (!happened(Host))
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
    }
}
