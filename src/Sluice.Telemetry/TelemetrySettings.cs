using Microsoft.Extensions.Configuration;

namespace Sluice.Telemetry;

/// <summary>
/// Where telemetry is exported to, with the setting names of OpenTelemetry and Application Insights; a Functions host reads the same ones.
/// By default none is set, and nothing is collected. https://opentelemetry.io/docs/specs/otel/protocol/exporter/,
/// https://learn.microsoft.com/azure/azure-monitor/app/connection-strings
/// </summary>
internal sealed class TelemetrySettings(IConfiguration configuration)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string LogsEndpoint = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public bool Traces => IsSet(Endpoint) || IsSet(TracesEndpoint);

    public bool Metrics => IsSet(Endpoint) || IsSet(MetricsEndpoint);

    public bool Logs => IsSet(Endpoint) || IsSet(LogsEndpoint);

    public string? AzureMonitor => IsSet(ApplicationInsights) ? configuration[ApplicationInsights] : null;

    /// <summary>Whether Application Insights uses tokens of this host's identity instead of the key in the connection string.</summary>
    public bool SignIn => configuration[Authentication]?.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether anything is exported.</summary>
    public bool IsOn => !IsTrue("OTEL_SDK_DISABLED") && (Traces || Metrics || Logs || AzureMonitor is not null);

    /// <summary>Returns the errors in the settings; each line names the setting. A secret value is not shown.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var key in (string[])[Endpoint, TracesEndpoint, MetricsEndpoint, LogsEndpoint])
        {
            if (IsSet(key)
                && !(Uri.TryCreate(configuration[key], UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            {
                yield return $"{key} is '{configuration[key]}': it must be the http or https address of an OTLP receiver, "
                    + $"such as http://localhost:4317.";
            }
        }

        if (IsSet(Protocol) && configuration[Protocol] is not ("grpc" or "http/protobuf"))
        {
            yield return $"{Protocol} is '{configuration[Protocol]}': it must be grpc or http/protobuf.";
        }

        if (AzureMonitor is { } connection && !connection.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{ApplicationInsights} has no InstrumentationKey: copy the connection string from the overview of the "
                + $"Application Insights resource.";
        }
    }

    private bool IsSet(string key) => !string.IsNullOrWhiteSpace(configuration[key]);

    private bool IsTrue(string key) => string.Equals(configuration[key], "true", StringComparison.OrdinalIgnoreCase);
}
