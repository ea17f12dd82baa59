using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore;
using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>
/// The platform asks the server where it listens, waits longer than the server needs to end, and pulls its image as the identity.
/// </summary>
internal static class ContainerAppRule
{
    public static IReadOnlyList<string> Violations(JsonNode snapshot) =>
        [.. Of(snapshot, ContainerApp).SelectMany(app => Problems(snapshot, app))];

    private static IEnumerable<string> Problems(JsonNode snapshot, JsonNode app)
    {
        var settings = Settings.Of(snapshot);
        var port = Text(app, "properties.configuration.ingress.targetPort");
        if (settings.GetValueOrDefault("Urls") != $"http://*:{port}")
        {
            yield return $"The server listens on {settings.GetValueOrDefault("Urls")}, the platform asks port {port}.";
        }

        foreach (var (type, path) in new[]
        {
            ("Startup", "/api/health/live"),
            ("Liveness", "/api/health/live"),
            ("Readiness", "/api/health/ready")
        })
        {
            var probe = Settings.Container(snapshot)!["probes"]!.AsArray().FirstOrDefault(probe => Text(probe, "type") == type);
            if (Text(probe, "httpGet.path") != path || Text(probe, "httpGet.port") != port)
            {
                yield return $"No {type} probe asks {path} on port {port}.";
            }
        }

        var grace = int.Parse(Text(app, "properties.template.terminationGracePeriodSeconds"), CultureInfo.InvariantCulture);
        var needed = ShutdownTimeout(settings).TotalSeconds;
        if (grace is < 0 or > 600 || needed >= grace)
        {
            yield return $"The server takes up to {needed} s to end, and is killed after {grace}.";
        }

        // The old revision gets the requests until the new one is ready, and then ends.
        // https://learn.microsoft.com/azure/container-apps/application-lifecycle-management#zero-downtime-deployment
        foreach (var problem in Unlike(snapshot, ContainerApp, "properties.configuration.activeRevisionsMode", "Single"))
        {
            yield return problem;
        }

        if (app["properties"]!["configuration"]!["registries"]!.AsArray()
            .Any(registry => !Identity.Ids(app).Contains(Text(registry, "identity"))))
        {
            yield return "The image is not pulled as the app's identity.";
        }
    }

    // The grace period, and what the host needs to answer those whom it abandons.
    private static TimeSpan ShutdownTimeout(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings
            .Where(static setting => setting.Key.StartsWith("Sluice__Shutdown__", StringComparison.Ordinal))
            .Select(static setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value)));
        builder.Services.AddSluice(builder.Configuration);
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
    }
}
