using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>
/// What every body has in common, whichever way it came in: its spans, its log lines, its metrics and its duration. A body that is stored
/// or relayed in one request (<see cref="UploadContext"/>) is one, and each request to a resumable upload has one. Inside the span of the
/// body are the spans of its stages, one after the other:
/// <code>
/// sluice.upload
/// ├─ sluice.admit       what is known before the first read
/// ├─ sluice.peek        the first bytes, and the rules
/// ├─ sluice.transfer    body to blocks, to the service, or to both; what HttpClient sends there is inside
/// └─ sluice.seal        the one request that publishes (inside the transfer where a service has a say in it)
/// </code>
/// </summary>
internal class UploadFrame : IDisposable
{
    private readonly UploadFrames _frames;
    private readonly string? _caller;
    private readonly long _started;
    private readonly Activity? _span;
    private Activity? _stage;
    private bool _isActive;

    /// <param name="frames">What it reports to.</param>
    /// <param name="caller">The id of who sent it, for the log and the span; null if only an address is known.</param>
    /// <param name="hasBody">Whether it brings a body: anything else has no span, and is no active upload.</param>
    public UploadFrame(UploadFrames frames, string? caller, bool hasBody = true)
    {
        (_frames, _caller) = (frames, caller);
        _started = frames.Time.GetTimestamp();
        if (hasBody)
        {
            (_span, _isActive) = (SluiceTracing.StartUpload(), true);
            frames.Metrics.Active(+1);
        }
    }

    /// <inheritdoc cref="UploadFrames.Listener"/>
    public IUploadListener? Listener => _frames.Listener;

    public TimeSpan Elapsed => _frames.Time.GetElapsedTime(_started);

    public long ElapsedMilliseconds => (long)Elapsed.TotalMilliseconds;

    /// <summary>Whether anybody records the span's tags.</summary>
    public bool IsRecorded => _span is { IsAllDataRequested: true };

    public ILogger Logger => _frames.Logger;

    /// <summary>Ends the current stage and begins another one.</summary>
    public void Enter(Phase phase)
    {
        Leave();
        if (_span is not null)
        {
            _stage = SluiceTracing.StartStage(phase);
        }
    }

    /// <summary>Ends the stage; what follows has a span of its own.</summary>
    public void Leave()
    {
        if (_span is not null)
        {
            _stage?.Dispose();
            _stage = null;

            // A stage that was entered further down the stack is current only there.
            Activity.Current = _span;
        }
    }

    /// <summary>The current stage failed, and what follows may still succeed.</summary>
    public void FailStage(Failure failure) => _stage.Fail(failure);

    /// <summary>Sets a tag of the span; null sets none.</summary>
    public void Set(string name, object? value) => _span?.SetTag(name, value);

    /// <summary>
    /// All of it is in storage and none of it in memory: the upload is no longer active, however long its commit has to wait.
    /// </summary>
    public void Deactivate()
    {
        if (_isActive)
        {
            _isActive = false;
            _frames.Metrics.Active(-1);
        }
    }

    /// <summary>A blob was committed.</summary>
    public void Stored(BlobTarget target, long bytes, int blocks)
    {
        Logger.Stored(target.Container, target.Name, bytes, blocks, ElapsedMilliseconds, _caller ?? SluiceLog.Nobody);
        _frames.Metrics.Stored(target.Container, bytes);
        Count(bytes, blocks);
    }

    /// <summary>A downstream service's response went to the client.</summary>
    public void Relayed(RelayPath relay, int status, long bytes)
    {
        Logger.Relayed(relay.ToString(), status, bytes, ElapsedMilliseconds, _caller ?? SluiceLog.Nobody);
        _frames.Metrics.Relayed(relay.Target, bytes);
        Count(bytes, null);
    }

    /// <summary>Something of it failed, and it goes on.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="destination">Where it was sent to, as the log shows it.</param>
    public void Tolerated(Failure failure, string destination)
    {
        Logger.NotStored(failure, destination, _caller);
        _frames.Metrics.Failed(failure);
    }

    /// <summary>Ends it.</summary>
    /// <param name="failure">Why it failed, if it did.</param>
    /// <param name="destination">Where it was sent to, as the log shows it.</param>
    /// <param name="success">How it ended if it did not fail; null for a request that ends no body.</param>
    public void End(Failure? failure, string destination, OutcomeKind? success)
    {
        _frames.Metrics.Took(Elapsed, failure, success);
        if (IsRecorded)
        {
            // https://opentelemetry.io/docs/specs/semconv/registry/attributes/enduser/
            Set("enduser.id", _caller);
        }

        if (failure is not null)
        {
            Tolerated(failure, destination);
            _stage.Fail(failure);
            _span.Fail(failure);
        }
    }

    public void Dispose()
    {
        Deactivate();
        Leave();
        _span?.Dispose();
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
