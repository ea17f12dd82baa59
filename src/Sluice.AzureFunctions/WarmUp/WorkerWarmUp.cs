using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.WarmUp;

namespace Sluice.AzureFunctions.WarmUp;

/// <summary>Registers what the warm-up needs of the worker.</summary>
internal static class WorkerWarmUp
{
    /// <summary>The warm-up runs through a worker, if the process can have a second one.</summary>
    public static void AddWorkerWarmUp(this IServiceCollection services)
    {
        if (WorkerWarmUpHost.IsPossible)
        {
            services.AddSingleton<IWarmUpHost, WorkerWarmUpHost>();
        }
    }
}
