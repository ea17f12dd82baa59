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
/// The environment of the warm-up: a second host of the real endpoints, with the limits and memory of the real one, and stubs of a blob
/// service and a downstream service that store nothing.
/// </summary>
internal sealed class WarmUpEnvironment(
    IWarmUpHost host, BlockPool pool, IMemoryPoolFactory<byte> buffers, IOptions<BlobOptions> blob, IOptions<BodyOptions> body,
    IOptions<MemoryOptions> memory, IOptions<PeekOptions> peek, IOptions<DigestOptions> digests, TimeProvider time)
{
    /// <summary>The one name that the container, the target, the rule and the source share.</summary>
    public const string Name = "rehearsal";

    /// <summary>
    /// The secret that signs the source's deliveries. It opens nothing: the environment is gone before the host's own port opens.
    /// </summary>
    public const string Secret = Name;

    // The public development account and its public key: nothing checks them here.
    private const string Account =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Sets up the environment, runs the warm-up in it, and tears it down.</summary>
    public async Task RunWithAsync(Func<HttpClient, Task> rehearsal, CancellationToken cancellationToken)
    {
        await using var services = new StubServices(ConfigureServer);
        await services.StartAsync(cancellationToken);
        await using var server = await host.StartAsync(endpoints => Configure(endpoints, services.Address), cancellationToken);
        using var client = server.CreateClient();
        await rehearsal(client);
    }

    private void ConfigureServer(IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(KestrelLimits.Apply);
        services.Configure<SocketTransportOptions>(KestrelLimits.Apply);
        services.Configure<KestrelServerOptions>(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        services.AddSingleton(buffers);
        // Nothing waits for the rest of the warm-up, and the real host waits for us.
        services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        // Requests are counted and traced under names that nobody listens to.
        services.AddSingleton<IMeterFactory, WarmUpMeters>();
        services.AddSingleton(static _ => new ActivitySource("Sluice.WarmUp"))
            .AddSingleton(static _ => new DiagnosticListener("Sluice.WarmUp"));
    }

    private void Configure(IServiceCollection services, Uri address)
    {
        ConfigureServer(services);
        var options = new BlobOptions
        {
            BlockBytes = blob.Value.BlockBytes,
            BlocksInFlight = blob.Value.BlocksInFlight,
            ConnectionString = $"BlobEndpoint={address};{Account}"
        };
        options.Containers.Add(Name);
        services.AddSingleton(Options.Create(options));
        services.AddSingleton(Options.Create(new RelayOptions { Targets = { [Name] = new RelayTargetOptions { Address = address } } }));
        services.AddSingleton(Options.Create(new ResumableOptions { Keys = { Convert.ToBase64String(new byte[TicketSeal.KeyBytes]) } }));
        services.AddSingleton(pool).AddSingleton(body).AddSingleton(memory).AddSingleton(peek).AddSingleton(digests).AddSingleton(time);
        var rule = new RouteOptions { Name = Name, Store = new() { Container = Name }, Relay = new() { Target = Name } };
        services.AddSingleton(RouteTable.Compile([rule], [Name], [Name], []));
        var source = new WebhookSourceOptions { Scheme = "github", Secrets = { Secret }, Store = rule.Store, Relay = rule.Relay };
        services.AddSingleton(WebhookTable.Compile(new WebhookOptions { Sources = { [Name] = source } }, [Name], [Name], null, []));
    }
}
