using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Hosting;
using Sluice.Memory;
using Sluice.Resumable;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>
/// The environment of the warm-up: a second host of the real endpoints, with the memory of the real one, and stubs of a blob
/// service and a downstream service that store nothing. While it starts, an engine without a host uploads to the same stubs.
/// </summary>
internal sealed class WarmUpEnvironment(
    IWarmUpHost host, IServiceProvider services, IOptions<BlobOptions> blob, IOptions<MemoryOptions> memory, TimeProvider time)
{
    /// <summary>The one name that the container, the target, the rule and the source share.</summary>
    public const string Name = "warm-up";

    /// <summary>
    /// The secret that signs the source's deliveries. It opens nothing: the environment is gone before the host's own port opens.
    /// </summary>
    public const string Secret = Name;

    // The public development account and its public key: nothing checks them here.
    private const string Account =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const int MostBlockBytes = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The size of the warm-up's blocks, in bytes: the real one, or 1 MiB, because larger ones run no other code.</summary>
    public int BlockBytes => Math.Min(blob.Value.BlockBytes, MostBlockBytes);

    /// <summary>Sets up the environment, runs the warm-up in it, and tears it down.</summary>
    public async Task RunWithAsync(Func<HttpClient, Task> run, CancellationToken cancellationToken)
    {
        await using var stubs = new StubServices(ConfigureServer);
        await stubs.StartAsync(cancellationToken);
        // The start of a host and an upload compile different code: a second core does one of them meanwhile.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var uploading = Task.Run(
            () => EngineWarmUp.RunAsync(engine => Configure(engine, stubs.Address), BlockBytes, ends.Token), ends.Token);
        try
        {
            await using var server = await host.StartAsync(endpoints => Configure(endpoints, stubs.Address), cancellationToken);
            await uploading.WaitAsync(cancellationToken);
            using var client = server.CreateClient();
            await run(client);
        }
        finally
        {
            // If the host has failed, the upload must not outlive the stubs. A commit can't be cancelled: nobody waits for that one.
            await ends.CancelAsync();
            var ended = uploading.ContinueWith(static upload => upload.Exception, TaskScheduler.Default);
            await ((Task)ended.WaitAsync(Patience, time, CancellationToken.None)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void ConfigureServer(IServiceCollection server)
    {
        server.Configure<KestrelServerOptions>(KestrelLimits.Apply);
        server.Configure<SocketTransportOptions>(KestrelLimits.Apply);
        server.Configure<KestrelServerOptions>(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        server.AddSingleton(services.GetRequiredService<IMemoryPoolFactory<byte>>());
        // Nothing waits for the rest of the warm-up, and the real host waits for us.
        server.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        // Requests are counted and traced under names that nobody listens to.
        server.AddSingleton<IMeterFactory, WarmUpMeters>();
        server.AddSingleton(static _ => new ActivitySource("Sluice.WarmUp"))
            .AddSingleton(static _ => new DiagnosticListener("Sluice.WarmUp"));
    }

    private void Configure(IServiceCollection endpoints, Uri address)
    {
        ConfigureServer(endpoints);
        var options = new BlobOptions
        {
            BlockBytes = BlockBytes,
            BlocksInFlight = blob.Value.BlocksInFlight,
            ConnectionString = $"BlobEndpoint={address};{Account}",
            // The stub never fails. Nothing may be retried after it is gone.
            MaxRetries = 0,
        };
        options.Containers.Add(Name);
        endpoints.AddSingleton(Options.Create(options));
        endpoints.AddSingleton(Options.Create(new RelayOptions { Targets = { [Name] = new RelayTargetOptions { Address = address } } }));
        endpoints.AddSingleton(Options.Create(new ResumableOptions { Keys = { Convert.ToBase64String(new byte[TicketSeal.KeyBytes]) } }));
        endpoints.AddSingleton(services.GetRequiredService<BlockPool>()).AddSingleton(time);
        // The real host's limits and time-outs are for its clients.
        endpoints.AddSingleton(Options.Create(new BodyOptions()));
        endpoints.AddSingleton(Options.Create(new MemoryOptions { BudgetBytes = memory.Value.BudgetBytes }));
        Share<PeekOptions>(endpoints);
        Share<DigestOptions>(endpoints);
        var rule = new RouteOptions { Name = Name, Store = new() { Container = Name }, Relay = new() { Target = Name } };
        endpoints.AddSingleton(RouteTable.Compile([rule], [Name], [Name], []));
        var source = new WebhookSourceOptions { Scheme = "github", Secrets = { Secret }, Store = rule.Store, Relay = rule.Relay };
        endpoints.AddSingleton(
            WebhookTable.Compile(new WebhookOptions { Sources = { [Name] = source } }, [Name], [Name], ed25519: null, []));
    }

    private void Share<T>(IServiceCollection endpoints)
        where T : class => endpoints.AddSingleton(services.GetRequiredService<IOptions<T>>());
}
