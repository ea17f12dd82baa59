using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore.Diagnostics;
using Sluice.AspNetCore.Routes;
using Sluice.Diagnostics;

namespace Sluice.AspNetCore.Results;

internal static class EndpointLog
{
    private const int LongestPath = 512;

    public static void Bug(ILogger logger, Exception exception, HttpRequest request) =>
        logger.Unexpected(LogException.Of(exception), request.Method, PathOf(request));

    public static void ReadBroken(ILogger logger, string path, string reason) => logger.DownloadBroken(path, reason);

    /// <summary>The log entry that a problem's <c>traceId</c> leads to.</summary>
    public static void Answered(ILogger logger, HttpRequest request, ProblemResponse problem) =>
        logger.Problem(request.Method, PathOf(request), problem.Status, problem.Type, problem.TraceId);

    // Anybody with the URL of a resumable upload can append to it: it is as secret as a key.
    private static string PathOf(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return request.Path.StartsWithSegments(
            $"/{SluiceRoutes.Prefix}/{SluiceRoutes.Files}", StringComparison.OrdinalIgnoreCase, out var rest) && rest.HasValue
            ? $"/{SluiceRoutes.Prefix}/{SluiceRoutes.File}"
            : path.Length > LongestPath ? $"{path[..LongestPath]}..." : path;
    }

    /// <summary>The app's own code threw instead of deciding about an upload.</summary>
    public static void PolicyFailed(ILogger logger, Exception exception, HttpRequest request) =>
        logger.Undecided(LogException.Of(exception), request.Method, PathOf(request));

    /// <summary>The policy service could not be asked, and the upload was accepted without it.</summary>
    public static void PolicyNotAsked(ILogger logger, HttpRequest request, string reason) =>
        logger.NotAsked(request.Method, PathOf(request), reason);
}
