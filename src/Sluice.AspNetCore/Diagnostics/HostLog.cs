using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;

namespace Sluice.AspNetCore.Diagnostics;

/// <summary>The log messages of a host about itself and about requests, by event id.</summary>
internal static partial class HostLog
{
    [LoggerMessage(10, LogLevel.Error, "Unexpected exception in {Method} {Path}. This is a bug in Sluice.")]
    public static partial void Unexpected(this ILogger logger, Exception exception, LogText method, LogText path);

    [LoggerMessage(11, LogLevel.Warning, "The warm-up failed; the first request will take more time and memory.")]
    public static partial void NotWarm(this ILogger logger, Exception exception);

    [LoggerMessage(
        12, LogLevel.Warning, "Development storage can't be used: {Detail} Start Azurite with: npx azurite --skipApiVersionCheck")]
    public static partial void NoDevelopmentStorage(this ILogger logger, LogText detail);

    [LoggerMessage(13, LogLevel.Information, "Download of {Path} failed: {Reason}. The connection was closed.")]
    public static partial void DownloadBroken(this ILogger logger, LogText path, LogText reason);

    [LoggerMessage(14, LogLevel.Information, "Shutting down: no longer ready; {UnderWay} active uploads have {GracePeriod} to finish.")]
    public static partial void ShutdownBegan(this ILogger logger, int underWay, TimeSpan gracePeriod);

    [LoggerMessage(15, LogLevel.Warning, "Abandoned {Abandoned} uploads that did not finish within {GracePeriod}.")]
    public static partial void Abandoned(this ILogger logger, int abandoned, TimeSpan gracePeriod);

    [LoggerMessage(16, LogLevel.Warning, "Not ready: {Checks}")]
    public static partial void NotReady(this ILogger logger, LogText checks);

    [LoggerMessage(17, LogLevel.Information, "Ready again.")]
    public static partial void Ready(this ILogger logger);

    [LoggerMessage(
        18, LogLevel.Information,
        "Generated a key for resumable uploads, because Sluice:Resumable:Keys is empty. "
            + "Upload URLs are valid only in this process and until it ends.")]
    public static partial void KeyMade(this ILogger logger);

    [LoggerMessage(19, LogLevel.Information, "{Method} {Path} returned {Status}, {Type}; traceId {TraceId}")]
    public static partial void Problem(this ILogger logger, LogText method, LogText path, int status, LogText type, LogText traceId);

    [LoggerMessage(20, LogLevel.Error, "The app's IUploadPolicy failed for {Method} {Path}. The upload was refused.")]
    public static partial void Undecided(this ILogger logger, Exception exception, LogText method, LogText path);

    [LoggerMessage(45, LogLevel.Warning, "{Method} {Path} was accepted without a decision (Sluice:Policy:WhenDown). {Reason}")]
    public static partial void NotAsked(this ILogger logger, LogText method, LogText path, LogText reason);
}
