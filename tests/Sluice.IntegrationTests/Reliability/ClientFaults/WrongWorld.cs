using System.Collections.Concurrent;
using System.Net;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>
/// A server that breaks two promises: it stores what came of a body as if it were whole, and reports an offset before the bytes are there.
/// </summary>
internal sealed class WrongWorld : World, IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Upload> _uploads = new();

    private WrongWorld(BlobContainerClient container)
    {
        Container = container;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1));
        _app = builder.Build();
        _app.Run(context =>
            context.Request.Path.StartsWithSegments("/api/files", StringComparison.Ordinal) ? ResumeAsync(context) : StoreAsync(context));
    }

    public override Uri Address => new(_app.Urls.Single());

    // All bodies declare their length.
    public override Uri? PassingAddress => Address;

    public override HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public override BlobContainerClient Container { get; }

    public override CancellationToken Ending => TestContext.Current.CancellationToken;

    public static async Task<WrongWorld> StartAsync(AzuriteFixture azurite)
    {
        var world = new WrongWorld(await azurite.NewContainerAsync());
        await world._app.StartAsync(TestContext.Current.CancellationToken);
        return world;
    }

    public override IReadOnlyList<string> Received(string name) => [];

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return _app.DisposeAsync();
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body);
        }
        catch (IOException)
        {
            // The promise that is broken: this is not the end of the body.
        }

        return body.ToArray();
    }

    private async Task StoreAsync(HttpContext context)
    {
        var bytes = await ReadAsync(context);
        await CommitAsync(context.Request.Path.Value!.Split('/', 5)[4], bytes);
        context.Response.StatusCode = 201;
    }

    private async Task ResumeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.Method == "POST")
        {
            var id = $"/api/files/{Guid.NewGuid():N}";
            var name = Convert.FromBase64String(request.Headers["Upload-Metadata"].ToString().Split(' ', ',')[1]);
            _uploads[id] = new Upload(
                $"{System.Text.Encoding.ASCII.GetString(name)}/it",
                long.Parse(request.Headers["Upload-Length"]!, System.Globalization.CultureInfo.InvariantCulture));
            (response.StatusCode, response.Headers.Location) = (201, id);
            return;
        }

        var upload = _uploads[request.Path.Value!];
        if (request.Method == "PATCH")
        {
            // The other one: nothing of it has come yet.
            upload.Offset += request.ContentLength ?? 0;
            var bytes = await ReadAsync(context);
            upload.Bytes.AddRange(bytes);
            upload.Offset += request.ContentLength is null ? bytes.Length : 0;
        }

        if (upload.Offset == upload.Length)
            await CommitAsync(upload.Name, [.. upload.Bytes]);
        response.StatusCode = request.Method == "PATCH" ? 204 : 200;
        response.Headers["Upload-Offset"] = $"{upload.Offset}";
        if (upload.Offset == upload.Length)
            response.Headers["Content-Location"] = $"/api/blobs/{Container.Name}/{upload.Name}";
    }

    private async Task CommitAsync(string name, byte[] bytes) =>
        await Container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, Ending);

    private sealed class Upload(string name, long length)
    {
        public string Name => name;

        public long Length => length;

        public long Offset { get; set; }

        public List<byte> Bytes { get; } = [];
    }
}
