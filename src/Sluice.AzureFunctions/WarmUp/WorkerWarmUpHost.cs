using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.AspNetCore.Hosting;
using Sluice.AspNetCore.Routes;
using Sluice.AspNetCore.WarmUp;

namespace Sluice.AzureFunctions.WarmUp;

/// <summary>
/// The endpoints as on Azure Functions: in a second worker of this process, with a stub host. So the warm-up covers the worker's gRPC, its
/// middleware and its path from an invocation to a function, which account for 3 MiB of a first request (docs/performance.md).
/// </summary>
internal sealed class WorkerWarmUpHost : IWarmUpHost
{
    // Set where the platform's own process loads the worker instead of starting it (GrpcServiceCollectionExtensions in
    // https://github.com/Azure/azure-functions-dotnet-worker). All workers of such a process talk to the one real host, so there can be no
    // second one.
    private const string NativeHost = "AZURE_FUNCTIONS_NATIVE_HOST";

    /// <summary>Whether this process can have a second worker.</summary>
    public static bool IsPossible => AppContext.GetData(NativeHost) is null;

    public async Task<WarmUpServer> StartAsync(Action<IServiceCollection> configure, CancellationToken cancellationToken)
    {
        var host = new StubFunctionsHost();
        IHost? worker = null;
        try
        {
            await host.StartAsync(cancellationToken);
            worker = Build(host.Address, configure);
            await worker.StartAsync(cancellationToken);
            var functions = await host.OpenAsync(AppContext.BaseDirectory, cancellationToken);
            var url = worker.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            return new WarmUpServer(new Uri(url), new InvokingHandler(host, functions), () => EndAsync(host, worker));
        }
        catch
        {
            await EndAsync(host, worker);
            throw;
        }
    }

    private static IHost Build(Uri host, Action<IServiceCollection> configure)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        // After all others: the SDK adds the arguments of this process, which name the real host.
        builder.Configuration.AddInMemoryCollection(
        [
            new("Functions:Worker:HostEndpoint", host.AbsoluteUri), new("Functions:Worker:WorkerId", WarmUpEnvironment.Name),
            new("Functions:Worker:RequestId", WarmUpEnvironment.Name), new("Functions:Worker:GrpcMaxMessageLength", $"{int.MaxValue}"),
        ]);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        configure(builder.Services);
        builder.Services.AddSluiceEndpoints(SluiceHost.Functions);
        return builder.Build();
    }

    private static async ValueTask EndAsync(StubFunctionsHost host, IHost? worker)
    {
        try
        {
            await (worker?.StopAsync(CancellationToken.None) ?? Task.CompletedTask);
        }
        finally
        {
            await host.DisposeAsync();
            worker?.Dispose();
        }
    }

    // Signals are for the real worker.
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
