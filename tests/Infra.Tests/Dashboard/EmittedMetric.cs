using System.Diagnostics.Metrics;

namespace Infra.Tests.Dashboard;

/// <summary>An instrument of Sluice, with the attributes that its measurements have.</summary>
internal sealed record EmittedMetric(string Name, string Unit, Type Kind, IReadOnlySet<string> Attributes)
{
    /// <summary>
    /// Its names in Prometheus.
    /// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#otlp-metric-points-to-prometheus
    /// </summary>
    public IEnumerable<string> PrometheusNames
    {
        get
        {
            var unit = Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
            var name = Name.Replace('.', '_');
            name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
            return Kind.GetGenericTypeDefinition() == typeof(Histogram<>) ? [$"{name}_bucket", $"{name}_count", $"{name}_sum"]
                : Kind.GetGenericTypeDefinition() == typeof(Counter<>) ? [$"{name}_total"]
                : [name];
        }
    }
}
