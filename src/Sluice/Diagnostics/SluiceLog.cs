using Microsoft.Extensions.Logging;
using Sluice.Failures;

namespace Sluice.Diagnostics;

/// <summary>
/// Sluice's log messages. The event ids are stable. Names and header values of users are limited to what identifies the blob.
/// </summary>
internal static partial class SluiceLog
{
    /// <summary>In place of the id of a caller of whom only an address is known.</summary>
    public const string Nobody = "none";

    [LoggerMessage(
        1, LogLevel.Information, "Stored {Container}/{Blob}: {Bytes} bytes in {Blocks} blocks, {ElapsedMilliseconds} ms; caller {Caller}.")]
    public static partial void Stored(
        this ILogger logger, LogText container, LogText blob, long bytes, int blocks, long elapsedMilliseconds, LogText caller);

    public static void NotStored(this ILogger logger, Failure failure, string destination, string? caller)
    {
        caller ??= Nobody;
        switch (failure.Party)
        {
            case Party.Client when failure.Kind == FailureKind.ClientGone:
                logger.ClientGone(destination, failure.Phase, caller);
                break;
            case Party.Client:
            case Party.Sluice when failure is { Kind: FailureKind.ShuttingDown, Phase: Phase.Admit }:
                logger.Refused(destination, failure.Kind, failure.Phase, failure.Detail, caller);
                break;
            default:
                logger.Failed(
                    destination, failure.Kind, failure.Phase, failure.Party, failure.StorageErrorCode ?? "none", failure.Detail, caller);
                break;
        }
    }

    [LoggerMessage(
        2, LogLevel.Information, "client-gone: {Destination} was abandoned in {Phase}; nothing became visible; caller {Caller}.")]
    private static partial void ClientGone(this ILogger logger, LogText destination, Phase phase, LogText caller);

    [LoggerMessage(3, LogLevel.Information, "Refused {Destination}: {Kind} in {Phase}. {Detail} Caller {Caller}.")]
    private static partial void Refused(
        this ILogger logger, LogText destination, FailureKind kind, Phase phase, LogText detail, LogText caller);

    [LoggerMessage(
        4, LogLevel.Warning,
        "Failed {Destination}: {Kind} in {Phase}, caused by {Party} (storage error code: {StorageErrorCode}). {Detail} Caller {Caller}.")]
    private static partial void Failed(
        this ILogger logger, LogText destination, FailureKind kind, Phase phase, Party party, LogText storageErrorCode, LogText detail,
        LogText caller);

    [LoggerMessage(
        5, LogLevel.Information, "Relayed to {Destination}: {Status}, {Bytes} bytes, {ElapsedMilliseconds} ms; caller {Caller}.")]
    public static partial void Relayed(
        this ILogger logger, LogText destination, int status, long bytes, long elapsedMilliseconds, LogText caller);

    [LoggerMessage(40, LogLevel.Information, "Duplicate of {Container}/{Blob}: nothing was stored or relayed, {ElapsedMilliseconds} ms.")]
    public static partial void Duplicate(this ILogger logger, LogText container, LogText blob, long elapsedMilliseconds);

    [LoggerMessage(41, LogLevel.Information, "Answered the verification challenge of {Destination}.")]
    public static partial void Challenged(this ILogger logger, LogText destination);

    [LoggerMessage(42, LogLevel.Warning,
        "A delivery with a known id has a different body: it was stored as {Container}/{Blob}, beside the first.")]
    public static partial void StoredBeside(this ILogger logger, LogText container, LogText blob);

    [LoggerMessage(7, LogLevel.Information, "Deleted {Container}/{Blob}: {Bytes} bytes, entity tag {ETag}; caller {Caller}.")]
    public static partial void Deleted(
        this ILogger logger, LogText container, LogText blob, long bytes, LogText eTag, LogText caller);

    [LoggerMessage(43, LogLevel.Warning, "{Bytes} bytes could not be counted in {Counter}: {Kind}. {Detail}")]
    public static partial void NotCounted(this ILogger logger, long bytes, LogText counter, FailureKind kind, LogText detail);

    [LoggerMessage(6, LogLevel.Information, "Created a resumable upload to {Container}/{Blob} of {Bytes} bytes; caller {Caller}.")]
    public static partial void Created(this ILogger logger, LogText container, LogText blob, long? bytes, LogText caller);

    [LoggerMessage(
        35, LogLevel.Warning,
        "The part {Container}/{Blob} is still readable although its upload has ended: "
            + "{Detail} The lifecycle rule of the storage account has to delete it.")]
    public static partial void PartLeft(this ILogger logger, LogText container, LogText blob, LogText detail);
}
