using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Binds and checks the options at startup, so that a wrong setting fails the deployment and not the first upload.</summary>
internal static class SluiceOptionsSetup
{
    internal static void AddSluiceOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSluiceSection<PeekOptions>(configuration, PeekOptions.Section);
        services.AddSluiceSection<BodyOptions>(configuration, BodyOptions.Section);
        services.AddSluiceSection<DigestOptions>(configuration, DigestOptions.Section);
        services.AddSluiceSection<MultipartOptions>(configuration, MultipartOptions.Section);
        services.AddSluiceSection<MemoryOptions>(configuration, MemoryOptions.Section);
        services.AddSluiceSection<BlobOptions>(configuration, BlobOptions.Section);
        services.AddSluiceSection<ReadOptions>(configuration, ReadOptions.Section);
        services.AddSluiceSection<CrossOriginOptions>(configuration, CrossOriginOptions.Section);
        services.AddSluiceSection<LimitOptions>(configuration, LimitOptions.Section);
        services.AddSluiceSection<CallerOptions>(configuration, CallerOptions.Section);
        services.AddSluiceSection<RelayOptions>(configuration, RelayOptions.Section);
        services.AddSluiceSection<ShutdownOptions>(configuration, ShutdownOptions.Section);
        services.AddSluiceSection<HealthOptions>(configuration, HealthOptions.Section);
        services.AddSluiceSection<WarmUpOptions>(configuration, WarmUpOptions.Section);
        services.AddSluiceSection<List<RouteOptions>>(configuration, RouteOptions.Section);
        services.AddSluiceSection<List<RightOptions>>(configuration, RightOptions.Section);
        services.AddSluiceSection<WebhookOptions>(configuration, WebhookOptions.Section);
        services.AddSluiceSection<ResumableOptions>(configuration, ResumableOptions.Section);
        services.AddSluiceSection<EventOptions>(configuration, EventOptions.Section);
        services.AddSingleton<IValidateOptions<EventOptions>, EventOptionsCheck>();
        services.AddSluiceSection<PolicyOptions>(configuration, PolicyOptions.Section);
        services.AddSingleton<IValidateOptions<PolicyOptions>, PolicyOptionsCheck>();
        services.AddSingleton<IValidateOptions<BlobOptions>, BlobOptionsCheck>();
        services.AddSingleton<IValidateOptions<ResumableOptions>, ResumableOptionsCheck>();
        services.AddSingleton<IValidateOptions<CrossOriginOptions>, CrossOriginOptionsCheck>();
        services.AddSingleton<IValidateOptions<RelayOptions>, RelayOptionsCheck>();
        services.AddSingleton<IValidateOptions<List<RouteOptions>>, RoutesCheck>();
        services.AddSingleton<IValidateOptions<List<RightOptions>>, RightsCheck>();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhooksCheck>();
        services.AddSingleton<IValidateOptions<ShutdownOptions>, ShutdownOptionsCheck>();
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsCheck>();
        services.AddSingleton<IValidateOptions<SectionsCheck.All>>(provider =>
            new SectionsCheck(configuration, provider.GetServices<SluiceSection>()));
        services.AddOptions<SectionsCheck.All>().ValidateOnStart();
    }

    /// <summary>Binds options to a section and checks them at startup. Every error names the setting as it is written there.</summary>
    public static OptionsBuilder<T> AddSluiceSection<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        services.AddSingleton(new SluiceSection(section));
        services.AddSingleton<IValidateOptions<T>>(new RangeCheck<T>(section));
        return services.AddOptions<T>().Configure(options => Bind(configuration.GetSection(section), options)).ValidateOnStart();
    }

    /// <summary>Binds options to a section. An unknown setting or an invalid value is an error that names it.</summary>
    /// <exception cref="OptionsValidationException">A setting is unknown or a value is invalid.</exception>
    internal static void Bind<T>(IConfigurationSection section, T options)
        where T : class
    {
        // A misspelt limit would be ignored silently.
        if (UnknownSettings.Find(section, typeof(T))
            .Concat(UnreadableSettings.Find(section, typeof(T)))
            .ToList() is { Count: > 0 } problems)
        {
            throw new OptionsValidationException(section.Path, typeof(T), problems);
        }

        try
        {
            // Without this the binder silently drops every item of a list or a dictionary that has a value it can't read.
            section.Bind(options, static binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            // The innermost message has the key and the value; a validation failure is reported without a stack trace.
            Exception cause = e;
            while (cause.InnerException is InvalidOperationException inner)
            {
                cause = inner;
            }

            throw new OptionsValidationException(section.Path, typeof(T), [cause.Message]);
        }
    }
}
