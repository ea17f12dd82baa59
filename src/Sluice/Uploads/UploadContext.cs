using Microsoft.Extensions.Logging;
using Sluice.Body;
using Sluice.Diagnostics;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Peek;
using Sluice.Routing;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>One body under way: what is known of it so far, and what is told of it in logs, traces and metrics.</summary>
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
        (Upload, Body, Destination, _metrics, _time, _logger) = (upload, upload.Body, upload.Destination, metrics, time, logger);
        _started = time.GetTimestamp();
        _metrics.Active(+1);
    }

    public Upload Upload { get; }

    /// <summary>Where its bytes are read.</summary>
    public IncomingBody Body { get; set; }

    /// <summary>Where it goes, once that is known.</summary>
    public Destination? Destination { get; set; }

    /// <summary>The rule that chose it, if one did.</summary>
    public string? Rule { get; set; }

    /// <summary>What the peek saw, if there was one.</summary>
    public PeekResult? Seen { get; set; }

    /// <summary>The body itself, if the peek saw all of it and it is needed twice.</summary>
    public byte[]? Whole { get; set; }

    /// <summary>What is there already under its name; null where that is not asked.</summary>
    public Deduplication? Once { get; set; }

    /// <summary>The client has a service's answer already, and the blob's place was taken.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>What its sender gets back who only asked whether somebody is here.</summary>
    public string? Challenge { get; set; }

    /// <summary>
    /// Whether something depends on the first bytes. Nothing does for a body that is only relayed and of any type: it is not held up, and
    /// the downstream service can refuse it before it is asked for.
    /// </summary>
    public bool NeedsPeek => Destination is not { Store: null } || Upload.MediaTypes is not null;

    private long ElapsedMilliseconds => (long)_time.GetElapsedTime(_started).TotalMilliseconds;

    /// <summary>Another stage begins.</summary>
    public void Enter(Phase phase) => _trace.Enter(phase);

    /// <summary>The stage is over; what follows has a span of its own.</summary>
    public void Leave() => _trace.Leave();

    /// <summary>All of it is at storage and none of it in memory: it is not under way any more, however long its commit has to wait.</summary>
    public void Rest()
    {
        if (_isActive)
        {
            _isActive = false;
            _metrics.Active(-1);
        }
    }

    /// <summary>What is told of a committed blob.</summary>
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
            Seen?.MediaType,
            write.Properties.ContentType!,
            committed.Blocks,
            committed.ETag,
            committed.LastModified,
            Digest.Reported(digests),
            ElapsedMilliseconds);
    }

    /// <summary>A downstream service's answer went to the client.</summary>
    public void Relayed(int status, long bytes)
    {
        _logger.Relayed(Destination!.Relay!.Value.ToString(), status, bytes, ElapsedMilliseconds);
        _metrics.Relayed(Destination!.Relay!.Value.Target, bytes);
        Trace(bytes, null);
    }

    /// <summary>Makes it readable from its first byte again; false where it is not here any more.</summary>
    public bool TryReadAgain()
    {
        if (Whole is not null)
        {
            Body = IncomingBody.Of(Whole);
        }

        return Whole is not null;
    }

    /// <summary>Its bytes are stored already.</summary>
    public UploadOutcome Repeated(Duplicate duplicate)
    {
        _logger.Duplicate(duplicate.Target.Container, duplicate.Target.Name, ElapsedMilliseconds);
        return new UploadOutcome(null, Answered: false) { Duplicate = duplicate };
    }

    /// <summary>Its sender only asked whether somebody is here, and gets an answer.</summary>
    public UploadOutcome Challenged(string challenge)
    {
        _logger.Challenged(Named);
        return new UploadOutcome(null, Answered: false) { Challenge = challenge };
    }

    /// <summary>It was stored beside other bytes of its name.</summary>
    public UploadOutcome Beside(UploadOutcome delivery, string suffix)
    {
        _logger.StoredBeside(delivery.Receipt!.Container, delivery.Receipt.Name);
        return delivery with { Suffix = suffix };
    }

    /// <summary>What is told where the client has a service's answer already: what became of the blob is in the log.</summary>
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

    /// <summary>A failure of one side of a tee that its rule tolerates.</summary>
    public void Tolerated(Failure failure)
    {
        _logger.NotStored(failure, Named);
        _metrics.Failed(failure);
    }

    /// <summary>The end of it, either way.</summary>
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
            // The others show in what is there: a blob's bytes, a target, an error.
            _trace.Set("sluice.outcome", failure is null && success is (OutcomeKind.Duplicate or OutcomeKind.Answered) ? SluiceMetrics.NameOf(success) : null);
            _trace.Set("sluice.container", Destination?.Store?.Container);
            _trace.Set("sluice.blob", Destination?.Store?.Name);
            _trace.Set("sluice.target", Destination?.Relay?.Target);
            _trace.Set("sluice.rule", Rule);
            _trace.Set("sluice.declared_bytes", Upload.Length);
            _trace.Set("sluice.media_type", Seen?.MediaType);
        }
    }

    public void Dispose()
    {
        Rest();
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
