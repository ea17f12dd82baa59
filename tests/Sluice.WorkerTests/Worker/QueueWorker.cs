using System.Reflection;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Sluice.FunctionsHost;
using Sluice.FunctionsHost.Logs;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Worker;

/// <summary>tests/Sluice.QueueWorker behind the stand-in for the Functions host, with a queue of its own.</summary>
internal sealed class QueueWorker : IAsyncDisposable
{
    private static readonly string _configuration =
        typeof(QueueWorker).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private readonly HttpClient _direct = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string _connectionString;
    private StandInHost? _host;

    private QueueWorker(AzuriteFixture azurite)
    {
        _connectionString = azurite.ConnectionString;
        Queue = Client($"test-{Guid.NewGuid():N}");
        Poison = Client($"{Queue.Name}-poison");
        Fixed = Client("fixed");
    }

    public StandInHost Host => _host!;

    /// <summary>The queue of ReceiveNamed.</summary>
    public QueueClient Queue { get; }

    /// <summary>Its poison queue.</summary>
    public QueueClient Poison { get; }

    /// <summary>The queue of ReceiveFixed.</summary>
    public QueueClient Fixed { get; }

    /// <summary>What the functions logged of each message.</summary>
    public IReadOnlyList<string> Received => [.. Host.Logs
        .Where(static line => line.Source == LogSource.Invocation && line.Message.Contains(" received '", StringComparison.Ordinal))
        .Select(static line => line.Message)];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts the worker.</summary>
    /// <param name="azurite">Where the queues are.</param>
    /// <param name="changes">App settings that differ; null takes one away.</param>
    public static async Task<QueueWorker> StartAsync(AzuriteFixture azurite, Dictionary<string, string?>? changes = null)
    {
        var worker = new QueueWorker(azurite);
        var settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["Named__Storage"] = azurite.ConnectionString,
            // The host reads it in lower case.
            ["Named:Queue"] = worker.Queue.Name.ToUpperInvariant(),
            ["AzureWebJobs.ReceiveBytes.Disabled"] = "true",
        };
        foreach (var (name, value) in changes ?? [])
            settings[name] = value;
        await worker.Queue.CreateAsync(cancellationToken: Cancelled);
        worker._host = await StandInHost.StartAsync(
            new StandInHostSettings
            {
                WorkerFolder = Repository.PathOf($"tests/Sluice.QueueWorker/bin/{_configuration}/net10.0"),
                AppSettings = settings.Where(static setting => setting.Value is not null)
                    .ToDictionary(static setting => setting.Key, static setting => setting.Value!),
                StopGracePeriod = SluiceFixture.Patience,
                RestartInterval = TimeSpan.Zero,
            },
            Cancelled);
        return worker;
    }

    /// <summary>Sends a message as the queue triggers expect one, in base64.</summary>
    public static Task SendAsync(QueueClient queue, string text) =>
        queue.SendMessageAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), Cancelled);

    /// <summary>Whether a queue has no message, be it visible or not.</summary>
    public static async Task<bool> IsEmptyAsync(QueueClient queue) =>
        (await queue.GetPropertiesAsync(Cancelled)).Value.ApproximateMessagesCount == 0;

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(SluiceFixture.Patience);
        while (!await happened())
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
            }
            catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
            {
                Assert.Fail($"It did not happen. The host said:\n{string.Join('\n', Host.Logs)}");
            }
        }
    }

    /// <summary>Waits until the host itself has said such a line.</summary>
    public Task UntilSaidAsync(string level, string text) => UntilAsync(() => Task.FromResult(Host.Logs.Any(
        line => line.Source == LogSource.Host && line.Level == level && line.Message.Contains(text, StringComparison.Ordinal))));

    /// <summary>Waits until the functions have logged so many messages.</summary>
    public Task UntilReceivedAsync(int messages) => UntilAsync(() => Task.FromResult(Received.Count >= messages));

    /// <summary>Ends the host and its worker at once.</summary>
    public async Task EndHostAsync()
    {
        if (Interlocked.Exchange(ref _host, null) is { } host)
            await host.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndHostAsync();
        await Queue.DeleteIfExistsAsync();
        await Poison.DeleteIfExistsAsync();
        await Fixed.DeleteIfExistsAsync();
        _direct.Dispose();
    }

    private QueueClient Client(string name) =>
        new(_connectionString, name, new QueueClientOptions { Transport = new HttpClientTransport(_direct) });
}
