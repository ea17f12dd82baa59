using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// What every body has in common, whichever way it came in: its spans, its log lines, its metrics and its duration. A body that is stored
/// or relayed in one request (<see cref="UploadContext"/>) has one, and so has each request to a resumable upload.
/// </summary>
internal sealed class UploadFrame : IDisposable
{
    private readonly TimeProvider _time;
    private readonly SluiceMetrics _metrics;
    private readonly long _started;
    private readonly UploadTrace? _trace;
    private bool _isActive;

    /// <param name="metrics">Counts it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Its log.</param>
    /// <param name="hasBody">Whether it brings a body: anything else has no span, and is no active upload.</param>
    public UploadFrame(SluiceMetrics metrics, TimeProvider time, ILogger logger, bool hasBody)
    {
        (_metrics, _time, Logger) = (metrics, time, logger);
        _started = time.GetTimestamp();
        if (hasBody)
        {
            (_trace, _isActive) = (new UploadTrace(), true);
            _metrics.Active(+1);
        }
    }

    public ILogger Logger { get; }

    /// <summary>The id of who sent it, for the log and the span; null if only an address is known.</summary>
    public string? Caller { get; init; }

    /// <inheritdoc cref="UploadFrames{T}.Listener"/>
    public IUploadListener? Listener { get; init; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    public long ElapsedMilliseconds => (long)Elapsed.TotalMilliseconds;

    /// <summary>Whether anybody records the span's tags.</summary>
    public bool IsRecorded => _trace is { IsRecorded: true };

    /// <summary>Begins another stage.</summary>
    public void Enter(Phase phase) => _trace?.Enter(phase);

    /// <summary>Ends the stage; what follows has a span of its own.</summary>
    public void Leave() => _trace?.Leave();

    /// <summary>The current stage failed, and what follows may still succeed.</summary>
    public void FailStage(Failure failure) => _trace?.FailStage(failure);

    /// <summary>Sets a tag of the span; null sets none.</summary>
    public void Set(string name, object? value) => _trace?.Set(name, value);

    /// <summary>
    /// All of it is in storage and none of it in memory: the upload is no longer active, however long its commit has to wait.
    /// </summary>
    public void Deactivate()
    {
        if (_isActive)
        {
            _isActive = false;
            _metrics.Active(-1);
        }
    }

    /// <summary>A blob was committed.</summary>
    public void Stored(BlobTarget target, long bytes, int blocks)
    {
        Logger.Stored(target.Container, target.Name, bytes, blocks, ElapsedMilliseconds, Caller ?? SluiceLog.Nobody);
        _metrics.Stored(target.Container, bytes);
        Count(bytes, blocks);
    }

    /// <summary>A downstream service's response went to the client.</summary>
    public void Relayed(RelayPath relay, int status, long bytes)
    {
        Logger.Relayed(relay.ToString(), status, bytes, ElapsedMilliseconds, Caller ?? SluiceLog.Nobody);
        _metrics.Relayed(relay.Target, bytes);
        Count(bytes, null);
    }

    /// <summary>Something of it failed, and it goes on.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="destination">Where it was sent to, as the log shows it.</param>
    public void Tolerated(Failure failure, string destination)
    {
        Logger.NotStored(failure, destination, Caller);
        _metrics.Failed(failure);
    }

    /// <summary>Ends it.</summary>
    /// <param name="failure">Why it failed, if it did.</param>
    /// <param name="destination">Where it was sent to, as the log shows it.</param>
    /// <param name="success">How it ended if it did not fail; null for a request that ends no body.</param>
    public void End(Failure? failure, string destination, OutcomeKind? success)
    {
        _metrics.Took(Elapsed, failure, success);
        if (IsRecorded)
        {
            // https://opentelemetry.io/docs/specs/semconv/registry/attributes/enduser/
            Set("enduser.id", Caller);
        }

        if (failure is not null)
        {
            Tolerated(failure, destination);
            _trace?.Fail(failure);
        }
    }

    public void Dispose()
    {
        Deactivate();
        _trace?.Dispose();
    }

    private void Count(long bytes, int? blocks)
    {
        if (IsRecorded)
        {
            Set("sluice.bytes", bytes);
            Set("sluice.blocks", blocks);
        }
    }
}
