using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Peek;
using Sluice.Routing;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>One active upload: what is known of it so far, and what logs, traces and metrics report about it.</summary>
internal sealed class UploadContext : IDisposable
{
    private readonly TimeProvider _time;
    private readonly SluiceMetrics _metrics;
    private readonly ILogger _logger;
    private readonly long _started;
    private readonly UploadTrace _trace = new();
    private bool _isActive = true;

    public UploadContext(Upload upload, SluiceMetrics metrics, TimeProvider time, ILogger logger)
    {
        (Upload, Destination, _metrics, _time, _logger) = (upload, upload.Destination, metrics, time, logger);
        _started = time.GetTimestamp();
        _metrics.Active(+1);
    }

    public Upload Upload { get; }

    /// <summary>Its destination, once known.</summary>
    public Destination? Destination { get; set; }

    /// <summary>The rule that chose it, if one did.</summary>
    public string? Rule { get; set; }

    /// <summary>The result of the peek, if there was one.</summary>
    public PeekResult? Peek { get; set; }

    /// <summary>The client already has a service's response, although the blob's name was taken.</summary>
    public bool IsAnswered { get; set; }

    private long ElapsedMilliseconds => (long)_time.GetElapsedTime(_started).TotalMilliseconds;

    /// <summary>Begins another stage.</summary>
    public void Enter(Phase phase) => _trace.Enter(phase);

    /// <summary>Ends the stage; what follows has a span of its own.</summary>
    public void Leave() => _trace.Leave();

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

    /// <summary>Reports a committed blob.</summary>
    public Receipt Receipt(BlobWrite write, Committed committed, long bytes, IReadOnlyList<Digest> digests)
    {
        _logger.Stored(write.Target.Container, write.Target.Name, bytes, committed.Blocks, ElapsedMilliseconds);
        _metrics.Stored(write.Target.Container, bytes);
        Trace(bytes, committed.Blocks);
        return new Receipt(
            write.Target.Container,
            write.Target.Name,
            bytes,
            Upload.Properties.ContentType,
            Peek?.MediaType,
            write.Properties.ContentType!,
            committed.Blocks,
            committed.ETag,
            committed.LastModified,
            Digest.Reported(digests),
            ElapsedMilliseconds);
    }

    /// <summary>A downstream service's response went to the client.</summary>
    public void Relayed(int status, long bytes)
    {
        _logger.Relayed(Destination!.Relay!.Value.ToString(), status, bytes, ElapsedMilliseconds);
        _metrics.Relayed(Destination!.Relay!.Value.Target, bytes);
        Trace(bytes, null);
    }

    /// <summary>Its bytes are stored already.</summary>
    public UploadOutcome Repeated(Duplicate duplicate)
    {
        _logger.Duplicate(duplicate.Target.Container, duplicate.Target.Name, ElapsedMilliseconds);
        return new UploadOutcome(null, Answered: false) { Duplicate = duplicate };
    }

    /// <summary>Its sender only checks whether the endpoint is alive, and gets a response.</summary>
    public UploadOutcome Challenged(string challenge)
    {
        _logger.Challenged(Named);
        return new UploadOutcome(null, Answered: false) { Challenge = challenge };
    }

    /// <summary>It was stored next to other bytes of the same name.</summary>
    public UploadOutcome Beside(UploadOutcome delivery, string suffix)
    {
        _logger.StoredBeside(delivery.Receipt!.Container, delivery.Receipt.Name);
        return delivery with { Suffix = suffix };
    }

    /// <summary>The result to report when the client already has a service's response: the fate of the blob is only in the log.</summary>
    public Result<UploadOutcome> Settled(Result<UploadOutcome> taken)
    {
        if (!IsAnswered)
        {
            return taken;
        }

        if (taken.TryGet(out var delivery, out var failure))
        {
            return delivery with { Answered = true };
        }

        Tolerated(failure);
        return new UploadOutcome(null, Answered: true);
    }

    /// <summary>A failure of one side of a tee, tolerated by its rule.</summary>
    public void Tolerated(Failure failure)
    {
        _logger.NotStored(failure, Named);
        _metrics.Failed(failure);
    }

    /// <summary>Ends the upload, successful or not.</summary>
    public void End(Failure? failure, OutcomeKind success = OutcomeKind.Stored)
    {
        var elapsed = _time.GetElapsedTime(_started);
        _metrics.Took(elapsed, failure, success);
        if (failure is not null)
        {
            _logger.NotStored(failure, Named);
            _metrics.Failed(failure);
            _trace.Fail(failure);
        }

        if (_trace.IsRecorded)
        {
            // The others are evident from other tags: a blob's bytes, a target, an error.
            _trace.Set(
                "sluice.outcome",
                failure is null && success is (OutcomeKind.Duplicate or OutcomeKind.Answered) ? SluiceMetrics.NameOf(success) : null);
            _trace.Set("sluice.container", Destination?.Store?.Container);
            _trace.Set("sluice.blob", Destination?.Store?.Name);
            _trace.Set("sluice.target", Destination?.Relay?.Target);
            _trace.Set("sluice.rule", Rule);
            _trace.Set("sluice.declared_bytes", Upload.Length);
            _trace.Set("sluice.media_type", Peek?.MediaType);
        }
    }

    public void Dispose()
    {
        Deactivate();
        _trace.Dispose();
    }

    private void Trace(long bytes, int? blocks)
    {
        if (_trace.IsRecorded)
        {
            _trace.Set("sluice.bytes", bytes);
            _trace.Set("sluice.blocks", blocks);
        }
    }

    private string Named => Destination?.ToString() ?? Upload.Router!.Label;
}
