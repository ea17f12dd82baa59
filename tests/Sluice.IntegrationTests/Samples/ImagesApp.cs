using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Samples;

/// <summary>docs/samples/images, in a process of its own.</summary>
public sealed class ImagesApp(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Name = "images"; // as in its code

    private ServerProcess? _process;
    private HttpClient? _client;

    public HttpClient Client => _client ?? throw new InvalidOperationException("The app is not started.");

    /// <summary>Where it stores.</summary>
    public BlobContainerClient Container => azurite.BlobServiceClient.GetBlobContainerClient(Name);

    public async ValueTask InitializeAsync()
    {
        await Container.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var settings = new ServerSettings
        {
            Dll = SampleApp.ImagesDll,
            ConnectionString = azurite.ConnectionString,
            Containers = [Name],
            AllowAnonymous = false, // a setting of Sluice.Server
        };
        _process = await ServerProcess.StartAsync(settings, TestContext.Current.CancellationToken);
        _client = _process.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
