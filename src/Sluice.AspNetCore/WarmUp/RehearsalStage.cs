using System.Collections.Concurrent;
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
using Sluice.Resumable;
using Sluice.Routing;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>
/// Where the rehearsal takes place: a private server on a loopback port with the real endpoints and the host's own limits and memory, and a
/// blob service and a downstream service that it plays itself and that keep nothing.
/// </summary>
internal sealed class RehearsalStage(
    BlockPool pool, IMemoryPoolFactory<byte> buffers, IOptions<BlobOptions> blob, IOptions<BodyOptions> body, IOptions<MemoryOptions> memory, IOptions<PeekOptions> peek,
    IOptions<DigestOptions> digests, TimeProvider time)
{
    /// <summary>The container, the target, the rule and the source: all that there is has this name.</summary>
    public const string Name = "rehearsal";

    /// <summary>What the source's deliveries are signed with. It opens nothing: the stage is gone before the host's own port opens.</summary>
    public const string Secret = Name;

    private const int StoredBytes = 1 << 20;

    // What was put and not committed, whatever blob it was for: a resumable upload knows its own.
    private readonly ConcurrentQueue<string> _uncommitted = [];

    // The public development account and its public key: nothing checks them here.
    private const string Account = "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Starts it. Its address is the first of its URLs.</summary>
    public async Task<WebApplication> StartAsync(CancellationToken cancellationToken)
    {
        var options = new BlobOptions { BlockBytes = blob.Value.BlockBytes, BlocksInFlight = blob.Value.BlocksInFlight };
        options.Containers.Add(Name);
        var targets = new RelayOptions();
        var stage = Build(Options.Create(options), Options.Create(targets));
        await stage.StartAsync(cancellationToken);
        var address = stage.Urls.First();
        options.ConnectionString = $"BlobEndpoint={address}/nowhere;{Account}";
        targets.Targets[Name] = new RelayTargetOptions { Address = new Uri($"{address}/nowhere") };
        return stage;
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
        builder.Services.AddSingleton(Options.Create(new ResumableOptions { Keys = { Convert.ToBase64String(new byte[TicketSeal.KeyBytes]) } }));
        var rule = new RouteOptions { Name = Name, Store = new() { Container = Name }, Relay = new() { Target = Name } };
        builder.Services.AddSingleton(RouteTable.Compile([rule], [Name], [Name], []));
        var source = new HookSourceOptions { Scheme = "github", Secrets = { Secret }, Store = rule.Store, Relay = rule.Relay };
        builder.Services.AddSingleton(HookTable.Compile(new HookOptions { Sources = { [Name] = source } }, [Name], [Name], []));
        builder.Services.AddSingleton<IMeterFactory, RehearsalMeters>();
        builder.Services.AddSingleton(_ => new ActivitySource("Sluice.Rehearsal")).AddSingleton(_ => new DiagnosticListener("Sluice.Rehearsal"));
        builder.Services.AddSluiceEndpoints(SluiceHost.Kestrel);
        var app = builder.Build();
        // A host that traces has a current activity, and HttpClient takes another path then. This one is not sampled, and so is nothing below it.
        app.Use(static async (context, next) =>
        {
            using var activity = new Activity(Name).Start();
            await next(context);
        });
        app.UseRouting();
        app.MapSluice();
        app.Map("/nowhere/{**blob}", (RequestDelegate)PlayAsync);
        app.UseEndpoints(static _ => { });
        return app;
    }

    private async Task PlayAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var response = context.Response;
        response.Headers.ETag = "\"0x0\"";
        response.Headers["x-ms-request-id"] = Name;
        response.Headers.LastModified = "Thu, 01 Jan 1970 00:00:00 GMT";
        if (HttpMethods.IsPut(context.Request.Method))
        {
            Note(context.Request.Query);
            response.StatusCode = StatusCodes.Status201Created;
            return;
        }

        if (context.Request.Query["comp"] == "blocklist")
        {
            response.ContentType = "application/xml";
            var blocks = string.Concat(_uncommitted.Select(static id => $"<Block><Name>{id}</Name><Size>1</Size></Block>"));
            await response.WriteAsync($"<BlockList><UncommittedBlocks>{blocks}</UncommittedBlocks></BlockList>", context.RequestAborted);
            return;
        }

        // A delivery asks whether it is a duplicate, and under another name for as long as there is something else.
        if (HttpMethods.IsHead(context.Request.Method) && context.Request.Path.StartsWithSegments($"/nowhere/{Name}/{Name}", StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.Headers["x-ms-error-code"] = "BlobNotFound";
            return;
        }

        response.ContentLength = StoredBytes;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await new Zeros(StoredBytes).CopyToAsync(response.Body, context.RequestAborted);
        }
    }

    private void Note(IQueryCollection query)
    {
        if (query["blockid"] is [{ } id])
        {
            _uncommitted.Enqueue(id);
        }
        else if (query["comp"] == "blocklist")
        {
            _uncommitted.Clear();
        }
    }
}
