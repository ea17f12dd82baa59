using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Failures;

namespace Sluice.Uploads;

/// <summary>What the frames of all bodies that come in one way share, and report to.</summary>
internal abstract class UploadFrames(SluiceMetrics metrics, TimeProvider time, ILogger logger, IUploadListener? listener)
{
    /// <summary>Counts them.</summary>
    public SluiceMetrics Metrics => metrics;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Their log.</summary>
    public ILogger Logger => logger;

    /// <summary>Hears of uploads that are not stored, or not yet; null if nobody wants to know.</summary>
    public IUploadListener? Listener => listener;

    /// <summary>Logs and counts a failure of a request that belongs to none of its bodies.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="destination">Where the request was sent to, as the log shows it.</param>
    /// <param name="caller">The id of who sent it; null if only an address is known.</param>
    public void LogFailure(Failure failure, string destination, string? caller)
    {
        logger.NotStored(failure, destination, caller);
        metrics.Failed(failure);
    }
}

/// <inheritdoc cref="UploadFrames"/>
/// <typeparam name="T">The way in, which is the category of its log.</typeparam>
/// <param name="metrics">Counts them.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Their log.</param>
/// <param name="listener">Hears of uploads that are not stored, or not yet; null if nobody wants to know.</param>
internal sealed class UploadFrames<T>(SluiceMetrics metrics, TimeProvider time, ILogger<T> logger, IUploadListener? listener = null)
    : UploadFrames(metrics, time, logger, listener);
