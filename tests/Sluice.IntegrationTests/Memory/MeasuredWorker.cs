using System.Security.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Memory;

/// <summary>The process whose memory is measured, and what is sent to it.</summary>
internal sealed class MeasuredWorker : IAsyncDisposable
{
    private const string Blob = "memory-test/body";

    private readonly ServerProcess? _server;
    private readonly BlobContainerClient? _container;
    private readonly HttpClient _client;
    private readonly Uri _uri;
    private readonly int _pid;

    private MeasuredWorker(ServerProcess server, BlobContainerClient container)
    {
        (_server, _container) = (server, container);
        (_pid, _client, _uri) = (server.ProcessId, server.CreateClient(), UriIn(container.Name));
    }

    /// <summary>A host that was started by hand.</summary>
    public MeasuredWorker(RunningHost host)
    {
        (_pid, _uri) = (host.ProcessId, UriIn(host.Container));
        _client = ServerClient.Create(host.Address);
        if (host.Key is not null)
            _client.DefaultRequestHeaders.Add("x-functions-key", host.Key);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A process that has not answered any request. There is none when a running host is given.</summary>
    /// <param name="azurite">Where it stores.</param>
    /// <param name="settings">What differs from the defaults.</param>
    public static async Task<MeasuredWorker> FreshAsync(AzuriteFixture azurite, ServerSettings? settings = null)
    {
        Assert.SkipWhen(RunningHost.Given is not null, "SLUICE_BASE_URL names a running host; this test starts its own.");
        var container = await azurite.NewContainerAsync();
        settings = (settings ?? new()) with
        {
            ConnectionString = azurite.ConnectionString,
            Containers = [container.Name],
            IsMeasured = true,
        };
        return new MeasuredWorker(await ServerProcess.StartAsync(settings, Cancelled), container);
    }

    /// <summary>
    /// What some work moves the peak resident memory of the process by, from a moment of rest on. Every memory test measures with this, the
    /// one included that has to fail.
    /// </summary>
    public async Task<MemoryReading> MeasureAsync(string work, Func<Task> run)
    {
        await using var probe = await MemoryProbe.StartAsync(_pid, Cancelled);
        await run();
        var reading = await probe.StopAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{work}: {reading}");
        return reading;
    }

    /// <summary>Sends a generated body, and compares what the answer says of it. Returns its SHA-256.</summary>
    public async Task<string> PutAsync(long bytes, Framing framing, ulong seed, string suffix = "")
    {
        using var body = new GeneratedBody(bytes, seed);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{_uri}{suffix}") { Content = new StreamContent(body, 64 * 1024) };
        request.Content.Headers.ContentLength = framing == Framing.ContentLength ? bytes : null;
        request.Headers.TransferEncodingChunked = framing == Framing.Chunked;
        using var answer = await _client.SendAsync(request, Cancelled);
        Assert.True(
            answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} to {bytes} bytes: {await answer.Content.ReadAsStringAsync(Cancelled)}");
        Assert.Equal([$"sha-256=:{body.Sha256}:"], answer.Headers.GetValues("Repr-Digest"));
        return body.Sha256!;
    }

    /// <summary>Sends a form. Returns what is answered.</summary>
    public async Task<string> PostAsync(string query, HttpContent form)
    {
        using var answer = await _client.PostAsync($"/api/blobs/{_container!.Name}{query}", form, Cancelled);
        var said = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {said}");
        return said;
    }

    /// <summary>Reads a blob past the process.</summary>
    public async Task<byte[]> ReadBehindAsync(string name) =>
        (await _container!.GetBlobClient(name).DownloadContentAsync(Cancelled)).Value.Content.ToArray();

    /// <summary>
    /// Puts a generated body where <see cref="GetAsync"/> finds it, past the process, which remains fresh. Returns its SHA-256.
    /// </summary>
    public async Task<string> PutBehindAsync(long bytes, ulong seed)
    {
        using var body = new GeneratedBody(bytes, seed);
        var transfer = new StorageTransferOptions { InitialTransferSize = 1 << 20, MaximumTransferSize = 1 << 20, MaximumConcurrency = 1 };
        await _container!.GetBlobClient(Blob).UploadAsync(body, new BlobUploadOptions { TransferOptions = transfer }, Cancelled);
        return body.Sha256!;
    }

    /// <summary>Reads the blob back.</summary>
    public async Task GetAsync(string sha256)
    {
        using var answer = await _client.GetAsync(_uri, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        answer.EnsureSuccessStatusCode();
        await using var content = await answer.Content.ReadAsStreamAsync(Cancelled);
        Assert.Equal(sha256, Convert.ToBase64String(await SHA256.HashDataAsync(content, Cancelled)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        // A gigabyte is not left lying about. Sluice deletes nothing, so a given host gets an empty blob in its place.
        if (_container is not null)
            await _container.DeleteIfExistsAsync();
        else
            await PutAsync(0, Framing.Chunked, seed: 0);
        _client.Dispose();
    }

    private static Uri UriIn(string container) => new($"/api/blobs/{container}/{Blob}", UriKind.Relative);
}
