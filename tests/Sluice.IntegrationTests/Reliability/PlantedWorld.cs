using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// A server with the faults that the campaigns are meant to find: it commits what was stored though a block failed, says how far an upload
/// is before storage has it, and never closes a socket that it opens for each request.
/// </summary>
internal sealed class PlantedWorld : World, IAsyncDisposable
{
    private const int BlockBytes = 65_536;

    private readonly ConcurrentDictionary<string, PlantedUpload> _uploads = new();
    private readonly ConcurrentQueue<Socket> _leaked = new();
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly FaultyStorage _storage;
    private readonly BlobContainerClient _container;
    private readonly WebApplication _app;
    private FaultPlan? _plan;

    private PlantedWorld(BlobContainerClient container, FaultyStorage storage)
    {
        (Container, _storage) = (container, storage);
        _container = new BlobServiceClient(storage.ConnectionString, new BlobClientOptions { Retry = { MaxRetries = 0 } })
            .GetBlobContainerClient(container.Name);
        storage.Intercept = (operation, _) => _plan?.Next(operation);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, static endpoint => endpoint.Protocols = HttpProtocols.Http1));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
    }

    public override Uri Address => new(_app.Urls.Single());

    public override HttpClient Client { get; }

    public override BlobContainerClient Container { get; }

    public override CancellationToken Ending => _end.Token;

    public static async Task<PlantedWorld> StartAsync(AzuriteFixture azurite)
    {
        var world = new PlantedWorld(
            await azurite.NewContainerAsync(), await FaultyStorage.StartAsync(azurite, TestContext.Current.CancellationToken));
        await world._app.StartAsync(TestContext.Current.CancellationToken);
        return world;
    }

    public override IReadOnlyList<string> Received(string name) => [];

    public void Plan(FaultPlan plan) => _plan = plan;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Client.Dispose();
        await _app.DisposeAsync();
        await _storage.DisposeAsync();
        foreach (var socket in _leaked)
            socket.Dispose();
        _end.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        _leaked.Enqueue(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        var path = context.Request.Path.Value!;
        switch (context.Request.Method)
        {
            case "PUT":
                await new PlantedUpload(_container.GetBlockBlobClient(path[Prefix.Length..])).StoreAsync(context.Request.Body);
                context.Response.StatusCode = 201;
                break;
            case "POST":
                var name = Encoding.ASCII.GetString(
                    Convert.FromBase64String(context.Request.Headers["Upload-Metadata"].ToString().Split(' ', ',')[1]));
                _uploads[$"/api/files/{name}"] = new PlantedUpload(_container.GetBlockBlobClient(name))
                {
                    Length = long.Parse(context.Request.Headers["Upload-Length"]!, CultureInfo.InvariantCulture)
                };
                context.Response.StatusCode = 201;
                context.Response.Headers.Location = $"/api/files/{name}";
                break;
            case "PATCH":
                await _uploads[path].AppendAsync(context.Request.Body);
                Tell(context, 204, _uploads[path]);
                break;
            case "HEAD":
                Tell(context, 200, _uploads[path]);
                break;
        }
    }

    private string Prefix => $"/api/blobs/{Container.Name}/";

    private void Tell(HttpContext context, int status, PlantedUpload upload)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["Upload-Offset"] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["Content-Location"] = $"{Prefix}{upload.Name}";
    }

    private sealed class PlantedUpload(BlockBlobClient blob)
    {
        private readonly List<string> _ids = [];
        private int _next;

        public string Name => blob.Name;

        public long Length { get; init; }

        public long Offset { get; private set; }

        public async Task StoreAsync(Stream body)
        {
            await StageAsync(await KeepAsync(body));
            await blob.CommitBlockListAsync(_ids);
        }

        public async Task AppendAsync(Stream body)
        {
            var kept = await KeepAsync(body);
            Offset += kept.Length;
            await StageAsync(kept);
            if (Offset == Length)
                await blob.CommitBlockListAsync(_ids);
        }

        // A block that fails is left out.
        private async Task StageAsync(byte[] kept)
        {
            foreach (var block in kept.Chunk(BlockBytes))
            {
                var id = Convert.ToBase64String(BitConverter.GetBytes(_next++));
                try
                {
                    await blob.StageBlockAsync(id, new MemoryStream(block));
                    _ids.Add(id);
                }
                catch (RequestFailedException)
                {
                    continue;
                }
            }
        }

        private static async Task<byte[]> KeepAsync(Stream body)
        {
            using var kept = new MemoryStream();
            await body.CopyToAsync(kept);
            return kept.ToArray();
        }
    }
}
