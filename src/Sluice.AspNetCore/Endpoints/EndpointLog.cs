using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore.Answers;
using Sluice.Diagnostics;

namespace Sluice.AspNetCore;

internal static partial class EndpointLog
{
    public static void Bug(ILogger logger, Exception exception, string method, string path) =>
        Unexpected(logger, LogException.Of(exception), method, path);

    public static void ReadBroken(ILogger logger, string path, string reason) => Broken(logger, path, reason);

    /// <summary>The line by which a problem's <c>traceId</c> is found, whoever keeps the log.</summary>
    public static void Answered(ILogger logger, HttpRequest request, ProblemBody problem) =>
        Problem(logger, request.Method, request.Path.Value, problem.Status, problem.Type, problem.TraceId);

    [LoggerMessage(10, LogLevel.Error, "Unexpected exception in {Method} {Path}. This is a bug of Sluice.")]
    private static partial void Unexpected(ILogger logger, Exception exception, LogText method, LogText path);

    [LoggerMessage(19, LogLevel.Information, "{Method} {Path} was answered with {Status}, {Type}; traceId {TraceId}")]
    private static partial void Problem(ILogger logger, LogText method, LogText path, int status, LogText type, LogText traceId);

    [LoggerMessage(13, LogLevel.Information, "Reading back {Path} broke off: {Reason}. The connection was closed.")]
    private static partial void Broken(ILogger logger, LogText path, LogText reason);
}
