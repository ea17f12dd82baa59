using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Sluice.DevelopmentStorage;

namespace Sluice.IntegrationTests.Hosting;

public sealed class DevelopmentStorageServiceTests(AzuriteFixture azurite)
{
    [Fact]
    public void What_is_published_can_not_start_it() =>
        Assert.Empty(Directory.EnumerateFileSystemEntries(PublishedServer.Folder, "*DevelopmentStorage*"));

    [Theory]
    [InlineData("UseDevelopmentStorage=true", true)]
    [InlineData(" usedevelopmentstorage = TRUE ; ", true)]
    [InlineData("UseDevelopmentStorage=false", false)]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://elsewhere", false)]
    [InlineData("AccountName=a;AccountKey=UseDevelopmentStorage=true", false)]
    [InlineData("not a connection string", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_the_plain_shorthand_asks_for_development_storage(string? connectionString, bool expected) =>
        Assert.Equal(expected, DevelopmentStorageService.IsDevelopmentStorage(connectionString));

    [Fact]
    public async Task An_account_starts_nothing()
    {
        var said = new List<string>();
        Assert.Null(await DevelopmentStorageService.StartIfNeededAsync(
            azurite.ConnectionString, said.Add, TestContext.Current.CancellationToken));
        Assert.Empty(said);
    }

    [Fact]
    public async Task Servers_that_start_at_once_share_one_azurite()
    {
        var said = new ConcurrentQueue<string>();
        var data = Directory.CreateTempSubdirectory("sluice-test-");
        var options = new AzuriteOptions { BlobPort = FreePort(), DataFolder = data.FullName, Say = said.Enqueue };
        var started = await Task.WhenAll(Enumerable.Range(0, 3).Select(
            _ => DevelopmentStorageService.StartUnlessListeningAsync(options, TestContext.Current.CancellationToken)));

        await using (var azurite = Assert.Single(started, static one => one is not null))
        {
            Assert.Equal(2, said.Count(static line => line.StartsWith("Using the development storage", StringComparison.Ordinal)));
            Assert.True(await DevelopmentStorageService.IsListeningAsync(options.BlobPort, TestContext.Current.CancellationToken));
        }
        Assert.False(await DevelopmentStorageService.IsListeningAsync(options.BlobPort, TestContext.Current.CancellationToken));
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Development_storage_without_queues_is_used_and_said()
    {
        var said = new List<string>();
        var (blobs, queues) = (azurite.BlobServiceClient.Uri.Port, azurite.QueueServiceClient.Uri.Port);
        var options = new AzuriteOptions { BlobPort = blobs, QueuePort = queues, Say = said.Add };

        Assert.Null(await DevelopmentStorageService.StartUnlessListeningAsync(options, TestContext.Current.CancellationToken));
        Assert.Null(await DevelopmentStorageService.StartUnlessListeningAsync(
            options with { QueuePort = 1 }, TestContext.Current.CancellationToken));

        var usesBlobs = $"Using the development storage that listens on port {blobs}.";
        Assert.Equal([usesBlobs, usesBlobs, "It has no queues: nothing listens on port 1."], said);
    }

    [Fact]
    public async Task A_queue_port_that_another_process_uses_is_named()
    {
        var options = new AzuriteOptions { BlobPort = FreePort(), QueuePort = azurite.QueueServiceClient.Uri.Port };
        var failure = await Assert.ThrowsAsync<DevelopmentStorageException>(
            () => DevelopmentStorageService.StartUnlessListeningAsync(options, TestContext.Current.CancellationToken));
        Assert.Contains($"port {options.QueuePort}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listening_port_is_found_and_a_free_one_is_not()
    {
        Assert.True(await DevelopmentStorageService.IsListeningAsync(
            azurite.BlobServiceClient.Uri.Port, TestContext.Current.CancellationToken));
        Assert.False(await DevelopmentStorageService.IsListeningAsync(1, TestContext.Current.CancellationToken));
    }

    // Free when it was looked for; nothing else here asks for a particular port.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
