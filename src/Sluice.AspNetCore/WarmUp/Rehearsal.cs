using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.Memory;
using Sluice.Routing;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>
/// A private server on a loopback port, with the real endpoints and a blob service and a downstream service that it plays itself and that
/// keep nothing. It gets uploads of one block and of several, in both framings, relays likewise where targets are configured, and a few
/// reads, over real connections, and closes before the host's own port opens.
/// </summary>
internal sealed class Rehearsal(
    BlockPool pool, IMemoryPoolFactory<byte> buffers, IOptions<BlobOptions> blob, IOptions<BodyOptions> body, IOptions<MemoryOptions> memory, IOptions<PeekOptions> peek,
    IOptions<DigestOptions> digests, IOptions<RelayOptions> relay, IOptions<List<RouteOptions>> routes, TimeProvider time)
{
    private const string Container = "rehearsal";
    private const int StoredBytes = 1 << 20;

    // The public development account and its public key: nothing checks them here.
    private const string Account = "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var options = new BlobOptions { BlockBytes = blob.Value.BlockBytes, BlocksInFlight = blob.Value.BlocksInFlight };
        options.Containers.Add(Container);

        var targets = new RelayOptions();
        await using var stage = Build(Options.Create(options), Options.Create(targets));
        await stage.StartAsync(cancellationToken);
        var address = stage.Urls.First();
        options.ConnectionString = $"BlobEndpoint={address}/nowhere;{Account}";
        targets.Targets[Container] = new RelayTargetOptions { Address = new Uri($"{address}/nowhere") };

        // Nothing of this belongs into anybody's traces.
        using var unsampled = new Activity(Container).Start();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address) };
        const string Blob = $"/{SluiceRoutes.Prefix}/blobs/{Container}/x";
        foreach (var path in Paths(Blob))
        {
            foreach (var bytes in (int[])[1, 3 * options.BlockBytes])
            {
                await SendAsync(client, HttpMethod.Put, path, new Zeros(bytes), chunked: true, HttpStatusCode.Created, cancellationToken);
                await SendAsync(client, HttpMethod.Put, path, new Zeros(bytes), chunked: false, HttpStatusCode.Created, cancellationToken);
            }
        }

        await SendAsync(client, HttpMethod.Head, Blob, null, chunked: false, HttpStatusCode.OK, cancellationToken);
        await SendAsync(client, HttpMethod.Get, Blob, null, chunked: false, HttpStatusCode.OK, cancellationToken);
        await SendAsync(client, HttpMethod.Get, $"/{SluiceRoutes.Prefix}/blobs/nowhere/x", null, chunked: false, HttpStatusCode.NotFound, cancellationToken);
        await SendAsync(client, HttpMethod.Post, $"/{SluiceRoutes.Prefix}/{SluiceRoutes.Peek}", new Zeros(100), chunked: true, HttpStatusCode.OK, cancellationToken);
        await stage.StopAsync(cancellationToken);
    }

    private static async Task SendAsync(
        HttpClient client, HttpMethod method, string path, HttpContent? content, bool chunked, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode != expected)
        {
            throw new HttpRequestException($"{method} {path} was answered with {(int)answer.StatusCode}.");
        }

        await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    // What is not configured is not rehearsed: it costs start-up time, and its code stays out of memory.
    private IEnumerable<string> Paths(string blob)
    {
        yield return blob;
        if (relay.Value.Targets.Count > 0)
        {
            yield return $"/{SluiceRoutes.Prefix}/relay/{Container}/x";
        }

        if (routes.Value.Count > 0)
        {
            yield return $"/{SluiceRoutes.Prefix}/ingest/x";
        }
    }

    private WebApplication Build(IOptions<BlobOptions> options, IOptions<RelayOptions> targets)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(KestrelLimits.Apply);
        builder.Services.Configure<SocketTransportOptions>(KestrelLimits.Apply);
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(pool).AddSingleton(buffers).AddSingleton(options).AddSingleton(body).AddSingleton(memory).AddSingleton(peek).AddSingleton(digests).AddSingleton(targets).AddSingleton(time);
        var rule = new RouteOptions { Name = Container, Store = new() { Container = Container }, Relay = new() { Target = Container } };
        builder.Services.AddSingleton(RouteTable.Compile([rule], [Container], [Container], []));
        builder.Services.AddSingleton<IMeterFactory, RehearsalMeters>();
        builder.Services.AddSingleton(_ => new ActivitySource("Sluice.Rehearsal")).AddSingleton(_ => new DiagnosticListener("Sluice.Rehearsal"));
        builder.Services.AddSluiceEndpoints(SluiceHost.Kestrel);
        var app = builder.Build();
        // A host that traces has a current activity, and HttpClient takes another path then. This one is not sampled, and so is nothing below it.
        app.Use(static async (context, next) =>
        {
            using var activity = new Activity(Container).Start();
            await next(context);
        });
        app.UseRouting();
        app.MapSluice();
        app.Map("/nowhere/{**blob}", (RequestDelegate)PlayAsync);
        app.UseEndpoints(static _ => { });
        return app;
    }

    private static async Task PlayAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var response = context.Response;
        response.Headers.ETag = "\"0x0\"";
        response.Headers.LastModified = "Thu, 01 Jan 1970 00:00:00 GMT";
        if (HttpMethods.IsPut(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status201Created;
            return;
        }

        response.ContentLength = StoredBytes;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await new Zeros(StoredBytes).CopyToAsync(response.Body, context.RequestAborted);
        }
    }
}
