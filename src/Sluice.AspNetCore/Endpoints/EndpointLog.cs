using Microsoft.Extensions.Logging;
using Sluice.Diagnostics;

namespace Sluice.AspNetCore;

internal static partial class EndpointLog
{
    public static void Bug(ILogger logger, Exception exception, string method, string path) =>
        Unexpected(logger, LogException.Of(exception), method, path);

    public static void ReadBroken(ILogger logger, string path, string reason) => Broken(logger, path, reason);

    [LoggerMessage(10, LogLevel.Error, "Unexpected exception in {Method} {Path}. This is a bug of Sluice.")]
    private static partial void Unexpected(ILogger logger, Exception exception, LogText method, LogText path);

    [LoggerMessage(13, LogLevel.Information, "Reading back {Path} broke off: {Reason}. The connection was closed.")]
    private static partial void Broken(ILogger logger, LogText path, LogText reason);
}
