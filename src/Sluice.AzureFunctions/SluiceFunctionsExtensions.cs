using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Routes;
using Sluice.AzureFunctions.Logging;
using Sluice.AzureFunctions.WarmUp;

namespace Sluice.AzureFunctions;

/// <summary>Adds Sluice to an Azure Functions app.</summary>
public static class SluiceFunctionsExtensions
{
    /// <summary>
    /// Adds all of Sluice's functions, and <see cref="SluiceUploads"/> for functions of your own. The section <c>Sluice</c> configures it.
    /// Call it after <c>ConfigureFunctionsWebApplication</c>:
    /// <code>
    /// var builder = FunctionsApplication.CreateBuilder(args);
    /// builder.ConfigureFunctionsWebApplication();
    /// builder.AddSluice();
    /// builder.Build().Run();
    /// </code>
    /// </summary>
    /// <param name="builder">The app.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">At startup, when a setting is missing or wrong; the
    /// message names the key.</exception>
    public static FunctionsApplicationBuilder AddSluice(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddWorkerWarmUp();
        builder.Services.AddSluice(builder.Configuration, SluiceHost.Functions);
        // The host keeps log entries from outside an invocation only if they come from the console.
        builder.Logging.AddProvider(new HostConsole(Console.Out, Console.Error));
        // Levels below warning would log the URL of every request, which may contain a function key (?code=).
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        return builder;
    }
}
