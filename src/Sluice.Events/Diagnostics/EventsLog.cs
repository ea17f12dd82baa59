using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;
using Sluice.Settings;

namespace Sluice.Events.Diagnostics;

/// <summary>The log messages about events, by event id.</summary>
internal static partial class EventsLog
{
    [LoggerMessage(50, LogLevel.Information, "An announcement could not be settled: if its upload was stored, the event will be late.")]
    public static partial void Late(this ILogger logger, Exception exception);

    [LoggerMessage(51, LogLevel.Error, "Stored without its event: {Container}/{Blob} (Sluice:Events:WhenUnavailable is Accept).")]
    public static partial void Lost(this ILogger logger, Exception exception, LogText container, LogText blob);

    [LoggerMessage(52, LogLevel.Warning, "A message in the queue {Queue} is none of ours, and was removed.")]
    public static partial void Unreadable(this ILogger logger, string queue);

    [LoggerMessage(
        53, LogLevel.Error,
        "The event {Id} could not be delivered to {Destination} in {Attempts} attempts, and is in the dead-letter queue: {Reason}")]
    public static partial void DeadLettered(this ILogger logger, LogText id, LogText destination, int attempts, LogText reason);

    [LoggerMessage(
        54, LogLevel.Error,
        "The destination {Destination} wants no more events (410), and is switched off. POST /api/events/replay switches it on again.")]
    public static partial void SwitchedOff(this ILogger logger, LogText destination);

    [LoggerMessage(55, LogLevel.Warning, "The queue {Queue} can't be read. Events wait in it.")]
    public static partial void QueueUnread(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(56, LogLevel.Warning, "A message of the outbox could not be handled. It will be received again after {Time}.")]
    public static partial void Unhandled(this ILogger logger, Exception exception, TimeSpan time);

    [LoggerMessage(
        57, LogLevel.Warning,
        "The blob {Container}/{Blob} can't be read, so nobody knows whether its event is due. {Detail}")]
    public static partial void BlobUnread(this ILogger logger, LogText container, LogText blob, LogText detail);

    [LoggerMessage(
        58, LogLevel.Warning,
        "The queue {Queue} had the announcement of an upload into {Container}, which is not configured here. Does another app use it?")]
    public static partial void UnknownContainer(this ILogger logger, LogText container, string queue);

    [LoggerMessage(
        59, LogLevel.Warning,
        "The event {Type} of the upload {Upload} was not sent: the queue for events can't be reached, or is too slow. It is lost.")]
    public static partial void NotSent(this ILogger logger, Exception? exception, EventType type, Guid upload);
}
