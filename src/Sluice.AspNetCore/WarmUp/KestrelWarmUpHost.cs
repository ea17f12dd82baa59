using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.Hosting;
using Sluice.AspNetCore.Routes;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>The endpoints as in Sluice.Server: on Kestrel, with nothing in between.</summary>
internal sealed class KestrelWarmUpHost : IWarmUpHost
{
    public async Task<WarmUpServer> StartAsync(Action<IServiceCollection> configure, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        configure(builder.Services);
        builder.Services.AddSluiceEndpoints(SluiceHost.Kestrel);
        var app = builder.Build();
        // A host that traces has a current activity, and HttpClient then takes another code path. This activity is not sampled, so neither
        // is anything below it.
        app.Use(static async (context, next) =>
        {
            using var activity = new Activity(WarmUpEnvironment.Name).Start();
            await next(context);
        });
        app.UseRouting();
        app.MapSluiceEndpoints();
        app.UseEndpoints(static _ => { });
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new WarmUpServer(new Uri(app.Urls.First()), new SocketsHttpHandler { UseProxy = false }, async () =>
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        });
    }
}
