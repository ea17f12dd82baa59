using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sluice.AspNetCore.Routes;

namespace Sluice.Server;

/// <summary>
/// What this host adds to telemetry. On Azure Functions the host creates the request spans, and the worker knows its name.
/// </summary>
internal static class ServerTelemetry
{
    public static void Add(IOpenTelemetryBuilder telemetry, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_SERVICE_NAME"]))
        {
            telemetry.ConfigureResource(static resource => resource.AddService(
                "sluice", serviceVersion: typeof(SluiceHost).Assembly.GetName().Version?.ToString(3)));
        }

        // Redacts the values in a query: one of them may be a key (?code=).
        telemetry.WithTracing(static traces => traces.AddAspNetCoreInstrumentation(
            static requests => requests.Filter = static context =>
                !context.Request.Path.StartsWithSegments("/api/health", StringComparison.OrdinalIgnoreCase)));
    }
}
