using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>
/// Alerts ask for metrics that the resource has: Azure refuses others, and Flex Consumption is said to have none of HTTP status codes.
/// Memory, server errors and storage are watched, and the threshold of memory follows the size of an instance.
/// https://learn.microsoft.com/azure/azure-monitor/reference/metrics-index
/// </summary>
internal static class AlertsRule
{
    private static readonly Dictionary<string, string[]> _metrics = new()
    {
        [App] =
        [
            "AverageMemoryWorkingSet", "CpuPercentage", "InstanceCount", "MemoryWorkingSet", "OnDemandFunctionExecutionCount",
            "OnDemandFunctionExecutionUnits"
        ],
        [ContainerApp] = ["Replicas", "Requests", "RestartCount", "UsageNanoCores", "WorkingSetBytes"],
        [Storage] = ["Availability", "Egress", "Ingress", "SuccessE2ELatency", "SuccessServerLatency", "Transactions"],
    };

    public static IReadOnlyList<string> Violations(JsonNode snapshot) =>
    [
        .. from alert in Metrics(snapshot)
           where !_metrics.GetValueOrDefault(alert.Type, []).Contains(alert.Metric)
           select $"{alert.Type} has no metric {alert.Metric}.",
        .. from alert in Metrics(snapshot)
           where alert.Metric is "MemoryWorkingSet" or "WorkingSetBytes" && alert.Threshold != MemoryBytes(snapshot) / 5 * 4
           select $"The threshold of {alert.Metric} is {alert.Threshold}; an instance has {MemoryBytes(snapshot)} bytes.",
        .. from account in Of(snapshot, Storage)
           where !Metrics(snapshot).Any(alert => alert.Scope == Id(account) && alert.Metric == "Availability")
           select $"Nobody is told when {Name(account)} fails.",
        .. from app in Of(snapshot, App).Concat(Of(snapshot, ContainerApp))
           where !Metrics(snapshot).Any(alert => alert.Scope == Id(app) && alert.Metric is "MemoryWorkingSet" or "WorkingSetBytes")
           select $"Nobody is told when {Name(app)} runs out of memory.",
        .. Settings.SendsEvents(snapshot) == WatchesDeadLetters(snapshot) ? (string[])[]
            : ["Somebody is told of events that could not be delivered only if events are sent."],
        .. WatchesServerErrors(snapshot) ? (string[])[] : ["Nobody is told of server errors."],
    ];

    private static bool WatchesServerErrors(JsonNode snapshot) => Settings.IsServer(snapshot)
        ? Metrics(snapshot).Any(static alert => alert.Metric == "Requests" && alert.Dimensions.Contains("5xx", StringComparison.Ordinal))
        : Queries(snapshot).Any(static query => query.Contains("toint(ResultCode) >= 500", StringComparison.Ordinal));

    private static bool WatchesDeadLetters(JsonNode snapshot) =>
        Queries(snapshot).Any(static query => query.Contains("sluice.events.deliveries", StringComparison.Ordinal));

    private static IEnumerable<string> Queries(JsonNode snapshot) =>
        Of(snapshot, "Microsoft.Insights/scheduledQueryRules").SelectMany(static rule => Texts(rule))
            .Where(static text => text.Name == "query").Select(static text => text.Text);

    private static IEnumerable<(string Scope, string Type, string Metric, long Threshold, string Dimensions)> Metrics(JsonNode snapshot) =>
        from alert in Of(snapshot, "Microsoft.Insights/metricAlerts")
        let scope = (string)alert["properties"]!["scopes"]![0]!
        let criterion = alert["properties"]!["criteria"]!["allOf"]![0]
        select (
            scope, string.Join('/', scope.Split('/')[^3..^1]), (string)criterion["metricName"]!, (long)criterion["threshold"]!,
            Text(criterion, "dimensions"));

    private static long MemoryBytes(JsonNode snapshot) => Of(snapshot, App).SingleOrDefault() is { } app
        ? (long)app["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!["instanceMemoryMB"]! << 20
        : ContainerSize.MemoryBytes(snapshot);
}
