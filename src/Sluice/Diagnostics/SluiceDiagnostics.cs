using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace Sluice.Diagnostics;

/// <summary>The one ActivitySource and the one Meter, both called <c>Sluice</c>. Costs nothing while nobody listens.</summary>
internal static class SluiceDiagnostics
{
    private const string Name = "Sluice";

    private static readonly string? Version = typeof(SluiceDiagnostics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
    private static readonly ActivitySource Source = new(Name, Version);
    private static readonly Meter Meter = new(Name, Version);
    private static readonly UpDownCounter<int> ActiveUploads = Meter.CreateUpDownCounter<int>("sluice.uploads.active", "{upload}", "Bodies under way.");
    private static readonly Counter<long> StoredBytes = Meter.CreateCounter<long>("sluice.upload.bytes", "By", "Bytes stored and committed.");
    private static readonly Counter<long> RelayedBytes = Meter.CreateCounter<long>("sluice.relay.bytes", "By", "Bytes sent downstream whose answer was passed on.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("sluice.upload.duration", "s", "Duration of uploads and relays, failed ones included.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("sluice.failures", "{failure}", "Failures by kind, phase and party, tolerated ones included.");

    public static Activity? StartUpload() => Source.StartActivity("sluice.upload");

    public static void Active(int change) => ActiveUploads.Add(change);

    public static void Stored(long bytes) => StoredBytes.Add(bytes);

    public static void Relayed(long bytes) => RelayedBytes.Add(bytes);

    public static void Failed(Failure failure) =>
        Failures.Add(1, new("sluice.failure", failure.Kind.ToString()), new("sluice.phase", failure.Phase.ToString()), new("sluice.party", failure.Party.ToString()));

    public static void Took(TimeSpan elapsed, Failure? failure)
    {
        if (failure is null)
        {
            Duration.Record(elapsed.TotalSeconds);
        }
        else
        {
            Duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("error.type", failure.Kind.ToString()));
        }
    }
}
