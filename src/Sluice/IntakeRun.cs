using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Peek;
using Sluice.Routing;
using Sluice.Sinks;
using Sluice.Sinks.Blob;

namespace Sluice;

/// <summary>One body under way: what is known of it so far, and what is told of it in logs, traces and metrics.</summary>
internal sealed class IntakeRun : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _started;
    private readonly Activity? _activity;

    public IntakeRun(Upload upload, TimeProvider time, ILogger logger)
    {
        (Upload, Destination, _time, _logger) = (upload, upload.Destination, time, logger);
        _started = time.GetTimestamp();
        _activity = SluiceDiagnostics.StartUpload();
        SluiceDiagnostics.Active(+1);
    }

    public Upload Upload { get; }

    /// <summary>Where it goes, once that is known.</summary>
    public Destination? Destination { get; set; }

    /// <summary>What the peek saw, if there was one.</summary>
    public Sighting? Seen { get; set; }

    /// <summary>
    /// Whether something depends on the first bytes. Nothing does for a body that is only relayed and of any type: it is not held up, and
    /// the downstream service can refuse it before it is asked for.
    /// </summary>
    public bool NeedsPeek => Destination is not { Store: null } || Upload.MediaTypes is not null;

    private long ElapsedMilliseconds => (long)_time.GetElapsedTime(_started).TotalMilliseconds;

    /// <summary>What is told of a committed blob.</summary>
    public Receipt Receipt(BlobWrite write, Committed committed, long bytes, byte[] sha256)
    {
        _logger.Stored(write.Target.Container, write.Target.Name, bytes, committed.Blocks, ElapsedMilliseconds);
        SluiceDiagnostics.Stored(bytes);
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
            new Dictionary<string, string> { ["sha-256"] = Convert.ToBase64String(sha256) },
            ElapsedMilliseconds);
    }

    /// <summary>A downstream service's answer went to the client.</summary>
    public void Relayed(int status, long bytes)
    {
        _logger.Relayed(Destination!.Relay!.Value.ToString(), status, bytes, ElapsedMilliseconds);
        SluiceDiagnostics.Relayed(bytes);
    }

    /// <summary>A failure of one side of a tee that its rule tolerates.</summary>
    public void Tolerated(Failure failure)
    {
        _logger.NotStored(failure, Named);
        SluiceDiagnostics.Failed(failure);
    }

    /// <summary>The end of it, either way.</summary>
    public Result<Delivery> End(Result<Delivery> result)
    {
        var elapsed = _time.GetElapsedTime(_started);
        SluiceDiagnostics.Took(elapsed, result.Failure);
        if (result.Failure is { } failure)
        {
            _logger.NotStored(failure, Named);
            SluiceDiagnostics.Failed(failure);
            _activity?.SetStatus(ActivityStatusCode.Error, failure.Kind.ToString());
        }

        _activity?.SetTag("sluice.container", Destination?.Store?.Container).SetTag("sluice.target", Destination?.Relay?.Target);
        return result;
    }

    public void Dispose()
    {
        SluiceDiagnostics.Active(-1);
        _activity?.Dispose();
    }

    private string Named => Destination?.ToString() ?? $"ingest/{Upload.Request!.Path}";
}
