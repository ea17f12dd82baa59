using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sluice.Failures;

namespace Sluice.Diagnostics;

/// <summary>
/// The only Meter, <c>Sluice</c>. Its instruments are documented in docs/operations.md; they cost next to nothing without a listener.
/// </summary>
internal sealed class SluiceMetrics
{
    // An upload takes as long as its sender: from milliseconds for a webhook to the hour that the Functions host allows.
    private static readonly InstrumentAdvice<double> _uploadBuckets = new()
    {
        HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600],
    };

    private static readonly InstrumentAdvice<double> _requestBuckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30],
    };

    private readonly Meter _meter;
    private readonly UpDownCounter<int> _active;
    private readonly Counter<long> _storedBytes;
    private readonly Counter<long> _relayedBytes;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _memoryWait;
    private readonly Counter<long> _memoryReclaimed;
    private readonly Counter<long> _hostBuffered;
    private readonly Histogram<double> _storageRequest;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _announcements;

    public SluiceMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(SluiceTracing.Name, SluiceTracing.Version);
        _active = _meter.CreateUpDownCounter<int>("sluice.uploads.active", "{upload}", "Active uploads and relays.");
        _storedBytes = _meter.CreateCounter<long>("sluice.upload.bytes", "By", "Bytes stored and committed.");
        _relayedBytes = _meter.CreateCounter<long>(
            "sluice.relay.bytes", "By", "Bytes relayed to downstream services whose response was passed on.");
        _duration = _meter.CreateHistogram(
            "sluice.upload.duration", "s", "Duration of uploads and relays, failed ones included.", tags: null, _uploadBuckets);
        _failures = _meter.CreateCounter<long>(
            "sluice.failures", "{failure}", "Failures by kind, phase and party, tolerated ones included.");
        _memoryWait = _meter.CreateHistogram(
            "sluice.memory.wait.duration", "s",
            "Time that a body waited for memory, successfully or not.", tags: null, _requestBuckets);
        _memoryReclaimed = _meter.CreateCounter<long>(
            "sluice.memory.reclaimed", "{block}",
            "Blocks reclaimed from uploads that waited for their clients, because others waited for memory.");
        _hostBuffered = _meter.CreateCounter<long>(
            "sluice.requests.host_buffered", "{request}", "Requests whose body the Functions host read whole before it called the worker.");
        _storageRequest = _meter.CreateHistogram(
            "sluice.storage.request.duration", "s",
            "Duration of one attempt of a request to storage.", tags: null, _requestBuckets);
        _deliveries = _meter.CreateCounter<long>(
            "sluice.events.deliveries", "{attempt}", "Attempts to deliver an event, by destination and outcome.");
        _announcements = _meter.CreateCounter<long>(
            "sluice.events.announcements", "{announcement}", "Announcements of commits that were read from the outbox, by outcome.");
    }

    /// <summary>Reports the memory for bodies, for as long as the meter exists.</summary>
    /// <param name="usedBytes">How much is in use.</param>
    /// <param name="budgetBytes">The total budget.</param>
    /// <param name="waiting">How many uploads wait for memory.</param>
    public void ObserveMemory(Func<long> usedBytes, Func<long> budgetBytes, Func<int> waiting)
    {
        _meter.CreateObservableUpDownCounter("sluice.memory.used", usedBytes, "By", "Memory for bodies that is in use.");
        _meter.CreateObservableUpDownCounter("sluice.memory.budget", budgetBytes, "By", "Total memory for bodies.");
        _meter.CreateObservableUpDownCounter("sluice.memory.waiting", waiting, "{upload}", "Bodies that are waiting for memory.");
    }

    public void Active(int change) => _active.Add(change);

    public void Stored(string container, long bytes) =>
        _storedBytes.Add(bytes, new KeyValuePair<string, object?>("sluice.container", container));

    public void Relayed(string target, long bytes) => _relayedBytes.Add(bytes, new KeyValuePair<string, object?>("sluice.target", target));

    public void Failed(Failure failure) =>
        _failures.Add(
            1, new("sluice.failure", failure.Kind.ToString()), new("sluice.phase", failure.Phase.ToString()),
            new("sluice.party", failure.Party.ToString()));

    /// <param name="elapsed">How long it took.</param>
    /// <param name="failure">Why it failed, if it did.</param>
    /// <param name="success">How it ended if it did not fail; null for a request that ends no body and so has no outcome.</param>
    public void Took(TimeSpan elapsed, Failure? failure, OutcomeKind? success = null)
    {
        var tags = new TagList();
        if ((failure is null ? success : OutcomeKind.Failed) is { } outcome)
        {
            tags.Add("sluice.outcome", NameOf(outcome));
        }

        if (failure is not null)
        {
            tags.Add("error.type", failure.Kind.ToString());
        }

        _duration.Record(elapsed.TotalSeconds, tags);
    }

    /// <summary>The name of an outcome in metrics and traces.</summary>
    public static string NameOf(OutcomeKind outcome) => outcome switch
    {
        OutcomeKind.Stored => "stored",
        OutcomeKind.Relayed => "relayed",
        OutcomeKind.Answered => "answered",
        OutcomeKind.Duplicate => "duplicate",
        OutcomeKind.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No outcome."),
    };

    public void WaitedForMemory(TimeSpan elapsed, bool got) =>
        _memoryWait.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("sluice.granted", got));

    public void GaveBackMemory() => _memoryReclaimed.Add(1);

    public void HostBuffered() => _hostBuffered.Add(1);

    /// <summary>Counts an attempt to deliver an event.</summary>
    /// <param name="destination">The destination's name.</param>
    /// <param name="outcome"><c>delivered</c>, <c>retried</c>, <c>postponed</c> or <c>dead</c>.</param>
    public void Delivered(string destination, string outcome) =>
        _deliveries.Add(1, new("sluice.destination", destination), new("sluice.outcome", outcome));

    /// <summary>Counts an announcement that was read from the outbox.</summary>
    /// <param name="outcome"><c>stored</c>, <c>waiting</c> or <c>dropped</c>.</param>
    public void Announced(string outcome) => _announcements.Add(1, new KeyValuePair<string, object?>("sluice.outcome", outcome));

    /// <summary>Records one attempt of a request to storage. Status 0: there was no answer.</summary>
    public void AskedStorage(string operation, int status, TimeSpan elapsed)
    {
        var tags = new TagList { { "sluice.operation", operation } };
        if (status > 0)
        {
            tags.Add("http.response.status_code", status);
        }

        if (status is 0 or >= 400)
        {
            tags.Add("error.type", status == 0 ? "no_answer" : status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        _storageRequest.Record(elapsed.TotalSeconds, tags);
    }
}
