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
    private static readonly UpDownCounter<int> ActiveUploads = Meter.CreateUpDownCounter<int>("sluice.uploads.active", "{upload}", "Uploads under way.");
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("sluice.upload.bytes", "By", "Bytes stored and committed.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("sluice.upload.duration", "s", "Duration of uploads, failed ones included.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("sluice.failures", "{failure}", "Failed uploads by kind, phase and party.");

    public static Activity? StartUpload(BlobTarget target) => Source.StartActivity("sluice.upload")?.SetTag("sluice.container", target.Container);

    /// <summary>Counts one upload as active until disposed of.</summary>
    public static ActiveUpload Active()
    {
        ActiveUploads.Add(1);
        return default;
    }

    public static void Stored(long bytes, TimeSpan elapsed)
    {
        Bytes.Add(bytes);
        Duration.Record(elapsed.TotalSeconds);
    }

    public static void Failed(Failure failure, TimeSpan elapsed)
    {
        Failures.Add(1, new("sluice.failure", failure.Kind.ToString()), new("sluice.phase", failure.Phase.ToString()), new("sluice.party", failure.Party.ToString()));
        Duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("error.type", failure.Kind.ToString()));
    }

    public readonly struct ActiveUpload : IDisposable
    {
        public void Dispose() => ActiveUploads.Add(-1);
    }
}
