using System.Security.Cryptography;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.DevelopmentStorage;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Sluice.IntegrationTests.Hosting;

/// <summary>
/// The storage account of the run: one Azurite on a free port, with its blobs and queues in a folder that is deleted at the end.
/// Tests don't meet in it, because each makes its own container or queue. A second account is for tests of several accounts.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const string Second = "second";

    private AzuriteProcess? _azurite;
    private HttpClient? _http;
    private BlobServiceClient? _service;
    private BlobServiceClient? _second;
    private QueueServiceClient? _queues;
    private QueueServiceClient? _secondQueues;

    /// <summary>For <c>Sluice:Blob:ConnectionString</c>, and for a client of queues.</summary>
    public string ConnectionString => Started.ConnectionString;

    /// <summary>The same account, to look at what was stored.</summary>
    public BlobServiceClient BlobServiceClient => _service ?? throw new InvalidOperationException("Azurite is not started.");

    /// <summary>Its queues.</summary>
    public QueueServiceClient QueueServiceClient => _queues ?? throw new InvalidOperationException("Azurite is not started.");

    /// <summary>For the <c>ConnectionString</c> of a second account.</summary>
    public string SecondConnectionString => Started.ConnectionStringOf(Second);

    /// <summary>The second account, to look at what was stored.</summary>
    public BlobServiceClient SecondServiceClient => _second ?? throw new InvalidOperationException("Azurite is not started.");

    /// <summary>Its queues.</summary>
    public QueueServiceClient SecondQueueServiceClient =>
        _secondQueues ?? throw new InvalidOperationException("Azurite is not started.");

    /// <summary>The process identifier, for tests that end or freeze the storage.</summary>
    public int ProcessId => Started.ProcessId;

    private AzuriteProcess Started => _azurite ?? throw new InvalidOperationException("Azurite is not started.");

    public async ValueTask InitializeAsync()
    {
        var options = new AzuriteOptions
        {
            Say = TestContext.Current.SendDiagnosticMessage,
            StartTimeout = SluiceFixture.Patience,
            MoreAccounts = new Dictionary<string, string> { [Second] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)) },
        };
        _azurite = await AzuriteProcess.StartAsync(options, TestContext.Current.CancellationToken);
        // No proxy: one that is set for the internet would be asked for 127.0.0.1 too.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
        var transport = new HttpClientTransport(_http);
        _service = new BlobServiceClient(ConnectionString, new BlobClientOptions { Transport = transport });
        _second = new BlobServiceClient(SecondConnectionString, new BlobClientOptions { Transport = transport });
        _queues = new QueueServiceClient(ConnectionString, new QueueClientOptions { Transport = transport });
        _secondQueues = new QueueServiceClient(SecondConnectionString, new QueueClientOptions { Transport = transport });
    }

    /// <summary>Creates a container that no other test has.</summary>
    /// <param name="second">Whether in the second account.</param>
    public async Task<BlobContainerClient> NewContainerAsync(bool second = false)
    {
        var container = (second ? SecondServiceClient : BlobServiceClient).GetBlobContainerClient($"test-{Guid.NewGuid():N}");
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        return container;
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }
}
