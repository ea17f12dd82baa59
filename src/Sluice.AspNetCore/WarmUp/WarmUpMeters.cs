using System.Diagnostics.Metrics;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>Meters under other names, so that request metrics don't include the warm-up.</summary>
internal sealed class WarmUpMeters : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter($"Sluice.WarmUp.{options.Name}", options.Version);
        lock (_meters)
        {
            _meters.Add(meter);
        }

        return meter;
    }

    public void Dispose() => _meters.ForEach(static meter => meter.Dispose());
}
