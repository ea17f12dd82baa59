using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.WarmUp;

namespace FunctionsApp.WarmUp;

/// <summary>Adds what the rehearsal needs of the worker.</summary>
internal static class WorkerRehearsal
{
    /// <summary>The rehearsal goes through a worker, where there can be a second one.</summary>
    public static void AddWorkerRehearsal(this IServiceCollection services)
    {
        if (WorkerRehearsalHost.IsPossible)
        {
            services.AddSingleton<IRehearsalHost, WorkerRehearsalHost>();
        }
    }
}
