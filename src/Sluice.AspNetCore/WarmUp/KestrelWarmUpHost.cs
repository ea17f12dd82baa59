using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.Hosting;
using Sluice.AspNetCore.Routes;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>The endpoints as Sluice.Server has them: on Kestrel, with nothing in between.</summary>
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
        // A host that traces has a current activity, and HttpClient takes another path then. This one is not sampled, and so is nothing below it.
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
