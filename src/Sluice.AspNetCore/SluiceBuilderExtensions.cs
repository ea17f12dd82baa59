using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Health;
using Sluice.AspNetCore.Hosting;
using Sluice.AspNetCore.Lifetime;
using Sluice.AspNetCore.Policies;
using Sluice.AspNetCore.Relay;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.AspNetCore.WarmUp;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>Adds Sluice to a host: the same two lines for the Functions worker and for Kestrel.</summary>
public static class SluiceBuilderExtensions
{
    /// <summary>Registers the engine, the endpoints, the options (section <c>Sluice</c>) and what Kestrel must let through.</summary>
    /// <exception cref="OptionsValidationException">At startup, when a setting is missing or wrong; the message names the key.</exception>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="host">What reads the client's connection.</param>
    public static IServiceCollection AddSluice(
        this IServiceCollection services, IConfiguration configuration, SluiceHost host = SluiceHost.Kestrel)
    {
        if (host == SluiceHost.Functions)
        {
            // Before the settings, which take precedence.
            services.Configure<BodyOptions>(Drain.BehindFunctions);
            // After them: only what they leave open.
            services.PostConfigure<ResumableOptions>(FunctionsDefaults.Apply);
        }

        services.AddSluiceOptions(configuration);
        services.AddSingleton<IValidateOptions<CallerOptions>>(new CallerOptionsCheck(host));
        services.AddSluiceEndpoints(host);
        services.TryAddSingleton<PolicyClient>();
        services.TryAddSingleton<IUploadGates, UploadGates>();
        services.TryAddSingleton(provider => new SluiceUploads(
            provider.GetRequiredService<EndpointGuard>(),
            provider.GetRequiredService<UploadPipeline>(),
            provider.GetRequiredService<BodyPeeker>(),
            provider.GetRequiredService<Forwarder>(),
            provider.GetRequiredService<IOptions<BlobOptions>>()));
        services.AddOptions<KestrelServerOptions>().Configure(KestrelLimits.Apply).ValidateOnStart();
        if (host == SluiceHost.Kestrel)
        {
            services.Configure<KestrelServerOptions>(kestrel => KestrelLimits.Apply(configuration, kestrel));
        }

        services.Configure<SocketTransportOptions>(KestrelLimits.Apply);
        services.AddSingleton<IMemoryPoolFactory<byte>, TransportBuffers>();
        services.AddRateLimiter(static _ => { });
        services.AddHealthChecks().AddCheck<StorageCheck>(StorageCheck.Name);
        // The health check service would log every poll; Readiness logs every change.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        services.TryAddSingleton<CachedHealthChecks>();
        services.TryAddSingleton<Readiness>();
        services.TryAddSingleton<IWarmUpHost, KestrelWarmUpHost>();
        services.TryAddSingleton<WarmUpEnvironment>();
        services.TryAddSingleton<WarmUpRun>();
        services.AddHostedService<ShutdownService>();
        services.AddSingleton<IConfigureOptions<HostOptions>, ShutdownTimeout>();
        services.AddHostedService<WarmUpService>();
        services.AddHostedService<DevelopmentStorageCheck>();
        return services;
    }

    /// <summary>
    /// Maps every endpoint under the route prefix that Azure Functions uses. One line for each, as there is one function for each, with the
    /// scope that a key needs; null for a route that needs no key: browsers send preflights without one, and probes have none.
    /// </summary>
    public static IEndpointConventionBuilder MapSluice(this IEndpointRouteBuilder endpoints) => endpoints.MapSluiceEndpoints();
}
