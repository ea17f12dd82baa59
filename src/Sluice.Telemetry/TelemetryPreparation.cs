using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Sluice.AspNetCore.WarmUp;

namespace Sluice.Telemetry;

/// <summary>
/// Creates the providers of OpenTelemetry before the warm-up, so that their work during a request is warmed up too. OpenTelemetry's own
/// service creates them when it starts, which is later.
/// </summary>
internal sealed class TelemetryPreparation(IServiceProvider services) : IWarmUpPreparation
{
    public void Prepare() => _ = (services.GetService<MeterProvider>(), services.GetService<TracerProvider>());
}
