using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.Memory;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>
/// A private server on a loopback port, with the real endpoints and a blob service that it plays itself and that keeps nothing. It gets
/// an upload of one block and one of several, over real connections, and closes before the host's own port opens.
/// </summary>
internal sealed class Rehearsal(
    BlockPool pool, IOptions<BlobOptions> blob, IOptions<BodyOptions> body, IOptions<MemoryOptions> memory, IOptions<PeekOptions> peek, TimeProvider time)
{
    private const string Container = "rehearsal";

    // The public development account and its public key: nothing checks them here.
    private const string Account = "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var options = new BlobOptions { BlockBytes = blob.Value.BlockBytes, BlocksInFlight = blob.Value.BlocksInFlight };
        options.Containers.Add(Container);

        await using var stage = Build(Options.Create(options));
        await stage.StartAsync(cancellationToken);
        var address = stage.Urls.First();
        options.ConnectionString = $"BlobEndpoint={address}/nowhere;{Account}";

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address) };
        foreach (var bytes in (int[])[1, 3 * options.BlockBytes])
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/{SluiceRoutes.Prefix}/blobs/{Container}/x") { Content = new Zeros(bytes) };
            request.Headers.TransferEncodingChunked = true;
            using var answer = await client.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        await stage.StopAsync(cancellationToken);
    }

    private WebApplication Build(IOptions<BlobOptions> options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(KestrelLimits.Apply);
        builder.Services.Configure<SocketTransportOptions>(KestrelLimits.Apply);
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(pool).AddSingleton(options).AddSingleton(body).AddSingleton(memory).AddSingleton(peek).AddSingleton(time);
        builder.Services.AddSluiceEndpoints();
        var app = builder.Build();
        app.UseRouting();
        app.MapSluice();
        app.Map("/nowhere/{**blob}", (RequestDelegate)TakeAsync);
        app.UseEndpoints(static _ => { });
        return app;
    }

    private static async Task TakeAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.ETag = "\"0x0\"";
        context.Response.Headers.LastModified = "Thu, 01 Jan 1970 00:00:00 GMT";
    }
}
