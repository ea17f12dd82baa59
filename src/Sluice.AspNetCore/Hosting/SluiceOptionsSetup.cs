using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Sluice.AspNetCore;

/// <summary>Binds and checks the options at start, so that a wrong setting stops the deployment and not the first upload.</summary>
internal static class SluiceOptionsSetup
{
    public static void AddSluiceOptions(this IServiceCollection services, IConfiguration configuration)
    {
        Add<PeekOptions>(services, configuration, PeekOptions.Section);
        Add<BodyOptions>(services, configuration, BodyOptions.Section);
        Add<MemoryOptions>(services, configuration, MemoryOptions.Section);
        Add<BlobOptions>(services, configuration, BlobOptions.Section);
        services.AddSingleton<Microsoft.Extensions.Options.IValidateOptions<BlobOptions>, BlobOptionsCheck>();
    }

    private static void Add<T>(IServiceCollection services, IConfiguration configuration, string section)
        where T : class => services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();
}
