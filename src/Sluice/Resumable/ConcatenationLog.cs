using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;

namespace Sluice.Resumable;

/// <summary>The log messages about parts for operators.</summary>
internal static partial class ConcatenationLog
{
    [LoggerMessage(
        35, LogLevel.Warning,
        "The part {Container}/{Blob} is still readable although its upload has ended: "
            + "{Detail} The lifecycle rule of the storage account has to delete it.")]
    public static partial void PartLeft(this ILogger logger, LogText container, LogText blob, LogText detail);
}
