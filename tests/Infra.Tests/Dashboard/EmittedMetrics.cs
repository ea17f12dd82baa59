using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Diagnostics;
using Sluice.Failures;

namespace Infra.Tests.Dashboard;

/// <summary>What the code emits: each instrument is made to measure once.</summary>
internal static class EmittedMetrics
{
    public static IReadOnlyList<EmittedMetric> All { get; } = Measure();

    private static List<EmittedMetric> Measure()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var seen = new Dictionary<Instrument, HashSet<string>>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // A listener hears the meters of the whole process.
                if (instrument.Meter.Scope == factory)
                {
                    seen.Add(instrument, []);
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Add(seen[instrument], tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(seen[instrument], tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(seen[instrument], tags));
        listener.Start();

        var metrics = new SluiceMetrics(factory);
        var failure = new Failure(FailureKind.StorageRejected, Phase.Seal, "");
        metrics.ObserveMemory(static () => 0, static () => 0, static () => 0);
        metrics.Active(1);
        metrics.Stored("uploads", 1);
        metrics.Relayed("erp", 1);
        metrics.Failed(failure);
        metrics.Took(TimeSpan.Zero, failure);
        metrics.WaitedForMemory(TimeSpan.Zero, got: true);
        metrics.GaveBackMemory();
        metrics.HostBuffered();
        metrics.AskedStorage("PutBlob", 503, TimeSpan.Zero);
        metrics.Delivered("erp", "delivered");
        metrics.Announced("stored");
        return [.. seen.Select(static one => new EmittedMetric(one.Key.Name, one.Key.Unit!, one.Key.GetType(), one.Value))];
    }

    private static void Add(HashSet<string> attributes, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            attributes.Add(tag.Key);
        }
    }
}
