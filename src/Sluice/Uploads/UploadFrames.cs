using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Failures;

namespace Sluice.Uploads;

/// <summary>Begins the frames of the bodies that come in one way.</summary>
/// <typeparam name="T">The way in, which is the category of its log.</typeparam>
internal sealed class UploadFrames<T>(SluiceMetrics metrics, TimeProvider time, ILogger<T> logger)
{
    /// <summary>Begins a frame.</summary>
    /// <param name="hasBody">Whether the request brings a body.</param>
    public UploadFrame Begin(bool hasBody = true) => new(metrics, time, logger, hasBody);

    /// <summary>Logs and counts a failure of a request that belongs to none of its bodies.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="destination">Where the request was sent to, as the log shows it.</param>
    public void LogFailure(Failure failure, string destination)
    {
        logger.NotStored(failure, destination);
        metrics.Failed(failure);
    }
}
