using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>
/// What Flex Consumption takes. It refuses most of siteConfig (ARM error 51021), in some regions only, so a deployment that went well
/// proves little; and settings that the platform sets itself must not be given. A deployment lets requests finish.
/// https://learn.microsoft.com/azure/azure-functions/functions-app-settings#flex-consumption-plan-deprecations
/// </summary>
internal static class FlexConsumptionRule
{
    private static readonly string[] _siteConfig = ["minTlsVersion"];

    private static readonly string[] _forbidden =
    [
        "ENABLE_ORYX_BUILD", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_MAX_HTTP_CONCURRENCY", "FUNCTIONS_WORKER_PROCESS_COUNT",
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION", "SCM_DO_BUILD_DURING_DEPLOYMENT", "TZ",
    ];

    public static IReadOnlyList<string> Violations(JsonNode snapshot) => [.. Of(snapshot, App).SelectMany(app => Problems(snapshot, app))];

    private static IEnumerable<string> Problems(JsonNode snapshot, JsonNode app) =>
    [
        .. Unlike(snapshot, "Microsoft.Web/serverfarms", "sku.name", "FC1"),
        .. Unlike(snapshot, App, "kind", "functionapp,linux"),
        .. Unlike(snapshot, App, "properties.functionAppConfig.runtime.name", "dotnet-isolated"),
        .. Unlike(snapshot, App, "properties.functionAppConfig.runtime.version", "10.0"),
        .. from key in app["properties"]!["siteConfig"]?.AsObject().Select(static property => property.Key) ?? []
           where !_siteConfig.Contains(key)
           select $"siteConfig.{key} is refused.",
        .. Unlike(snapshot, App, "properties.functionAppConfig.siteUpdateStrategy.type", "RollingUpdate"),
        .. AlwaysReady(app["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!),
        .. from setting in Settings.Written(snapshot)
           where _forbidden.Contains(setting.Name, StringComparer.OrdinalIgnoreCase)
               || setting.Name.StartsWith("WEBSITE", StringComparison.OrdinalIgnoreCase)
           select $"{setting.Name} is set by the platform.",
    ];

    // All HTTP functions scale as one group: https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#per-function-scaling
    private static IEnumerable<string> AlwaysReady(JsonNode scale)
    {
        foreach (var ready in scale["alwaysReady"]!.AsArray())
        {
            if (Text(ready, "name") != "http")
            {
                yield return $"alwaysReady has no group {Text(ready, "name")}.";
            }

            if ((int)ready!["instanceCount"]! > (int)scale["maximumInstanceCount"]!)
            {
                yield return "More is always ready than may run.";
            }
        }
    }
}
