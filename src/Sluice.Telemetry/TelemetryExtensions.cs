using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Sluice.AspNetCore.WarmUp;
using Sluice.Diagnostics;

namespace Sluice.Telemetry;

/// <summary>Exports traces, metrics and logs by OpenTelemetry, if a destination is configured.</summary>
public static class TelemetryExtensions
{
    /// <summary>
    /// Adds exporters for the configured destinations: OTLP by <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or one of <c>_TRACES_</c>,
    /// <c>_METRICS_</c>, <c>_LOGS_</c>), Azure Monitor by <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>. The default is neither: then no
    /// part of OpenTelemetry is loaded. It makes no difference whether the host calls this before or after <c>AddSluice</c>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="host">Adds what is specific to the host: the spans of its requests, and its service name. Not called if nothing is
    /// exported.</param>
    /// <exception cref="OptionsValidationException">At startup, when a setting is wrong; the message names the key.</exception>
    public static IServiceCollection AddSluiceTelemetry(
        this IServiceCollection services, IConfiguration configuration, Action<IOpenTelemetryBuilder>? host = null)
    {
        var settings = new TelemetrySettings(configuration);
        services.AddSingleton<IValidateOptions<TelemetryCheck.Checked>>(new TelemetryCheck(settings));
        services.AddOptions<TelemetryCheck.Checked>().ValidateOnStart();
        if (settings.IsOn && !settings.Problems().Any())
        {
            Export(services, settings, host);
        }

        return services;
    }

    private static void Export(IServiceCollection services, TelemetrySettings settings, Action<IOpenTelemetryBuilder>? host)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWarmUpPreparation, TelemetryPreparation>());
        var telemetry = services.AddOpenTelemetry();

        // System.Net.Http: the request to a downstream service. Requests to storage have no spans (BlobClients).
        telemetry.WithTracing(traces => traces.AddSource(SluiceTracing.Name, "System.Net.Http"));
        telemetry.WithMetrics(metrics => metrics.AddMeter(SluiceTracing.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting"));
        telemetry.WithLogging(null, static logs => logs.IncludeFormattedMessage = true);
        host?.Invoke(telemetry);
        if (settings.Traces)
        {
            telemetry.WithTracing(static traces => traces.AddOtlpExporter());
        }

        if (settings.Metrics)
        {
            telemetry.WithMetrics(static metrics => metrics.AddOtlpExporter());
        }

        if (settings.Logs)
        {
            telemetry.WithLogging(static logs => logs.AddOtlpExporter());
        }

        if (settings.AzureMonitor is { } connection)
        {
            services.AddOptions<AzureMonitorExporterOptions>().Configure<IServiceProvider>((options, provider) =>
            {
                options.ConnectionString = connection;
                options.Credential = settings.SignIn ? provider.GetRequiredService<TokenCredential>() : null;
            });
            telemetry.UseAzureMonitorExporter();
        }
    }
}
