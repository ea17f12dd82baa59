using Microsoft.Extensions.Logging;

namespace Sluice.AspNetCore;

internal static partial class EndpointLog
{
    [LoggerMessage(10, LogLevel.Error, "Unexpected exception in {Method} {Path}. This is a bug of Sluice.")]
    public static partial void Bug(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(13, LogLevel.Information, "Reading back {Path} broke off: {Reason}. The connection was closed.")]
    public static partial void ReadBroken(ILogger logger, string path, string reason);
}
