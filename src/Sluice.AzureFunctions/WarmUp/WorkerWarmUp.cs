using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.WarmUp;

namespace FunctionsApp.WarmUp;

/// <summary>Adds what the rehearsal needs of the worker.</summary>
internal static class WorkerWarmUp
{
    /// <summary>The rehearsal goes through a worker, where there can be a second one.</summary>
    public static void AddWorkerWarmUp(this IServiceCollection services)
    {
        if (WorkerWarmUpHost.IsPossible)
        {
            services.AddSingleton<IWarmUpHost, WorkerWarmUpHost>();
        }
    }
}
