using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore.Routes;
using Sluice.Diagnostics;

namespace Sluice.AspNetCore.Results;

internal static partial class EndpointLog
{
    private const int LongestPath = 512;

    public static void Bug(ILogger logger, Exception exception, HttpRequest request) =>
        Unexpected(logger, LogException.Of(exception), request.Method, PathOf(request));

    public static void ReadBroken(ILogger logger, string path, string reason) => Broken(logger, path, reason);

    /// <summary>The log entry that a problem's <c>traceId</c> leads to.</summary>
    public static void Answered(ILogger logger, HttpRequest request, ProblemResponse problem) =>
        Problem(logger, request.Method, PathOf(request), problem.Status, problem.Type, problem.TraceId);

    // Anybody with the URL of a resumable upload can append to it: it is as secret as a key.
    private static string PathOf(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return request.Path.StartsWithSegments(
            $"/{SluiceRoutes.Prefix}/{SluiceRoutes.Files}", StringComparison.OrdinalIgnoreCase, out var rest) && rest.HasValue
            ? $"/{SluiceRoutes.Prefix}/{SluiceRoutes.File}"
            : path.Length > LongestPath ? $"{path[..LongestPath]}..." : path;
    }

    [LoggerMessage(10, LogLevel.Error, "Unexpected exception in {Method} {Path}. This is a bug in Sluice.")]
    private static partial void Unexpected(ILogger logger, Exception exception, LogText method, LogText path);

    /// <summary>The app's own code threw instead of deciding about an upload.</summary>
    public static void PolicyFailed(ILogger logger, Exception exception, HttpRequest request) =>
        Undecided(logger, LogException.Of(exception), request.Method, PathOf(request));

    [LoggerMessage(20, LogLevel.Error, "The app's IUploadPolicy failed for {Method} {Path}. The upload was refused.")]
    private static partial void Undecided(ILogger logger, Exception exception, LogText method, LogText path);

    /// <summary>The policy service could not be asked, and the upload was accepted without it.</summary>
    public static void PolicyNotAsked(ILogger logger, HttpRequest request, string reason) =>
        NotAsked(logger, request.Method, PathOf(request), reason);

    [LoggerMessage(45, LogLevel.Warning, "{Method} {Path} was accepted without a decision (Sluice:Policy:WhenDown). {Reason}")]
    private static partial void NotAsked(ILogger logger, LogText method, LogText path, LogText reason);

    [LoggerMessage(19, LogLevel.Information, "{Method} {Path} returned {Status}, {Type}; traceId {TraceId}")]
    private static partial void Problem(ILogger logger, LogText method, LogText path, int status, LogText type, LogText traceId);

    [LoggerMessage(13, LogLevel.Information, "Download of {Path} failed: {Reason}. The connection was closed.")]
    private static partial void Broken(ILogger logger, LogText path, LogText reason);
}
