using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Settings;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore.Relay;

/// <summary>The one place that reads YARP's errors (https://learn.microsoft.com/aspnet/core/fundamentals/servers/yarp/direct-forwarding).</summary>
internal static class ForwarderFailure
{
    /// <summary>What happened, and whose doing it is.</summary>
    /// <param name="error">What YARP says.</param>
    /// <param name="exception">The exception behind it.</param>
    /// <param name="body">Why the client's body could not be read on, if it could not.</param>
    /// <param name="target">The target.</param>
    /// <param name="clientGone">Whether the client had left when the request was given up.</param>
    /// <param name="idle">How long ago the last of the client's body was read: a time-out can't have been reached before.</param>
    public static Failure From(ForwarderError error, Exception? exception, Failure? body, RelayTarget target, bool clientGone, TimeSpan idle)
    {
        if (body is not null)
        {
            return body;
        }

        if (clientGone && (error is ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyCanceled || IsCancelled(exception)))
        {
            return Gone();
        }

        // A service that resets a stream of HTTP/2 has its body cancelled by HttpClient, and the request by YARP: that looks like a time-out.
        var timedOut = IsCancelled(exception) && idle >= ShortestTimeout(target.Options);
        return error switch
        {
            ForwarderError.Request when IsUnreachable(exception) => From(exception, target),
            ForwarderError.RequestBodyClient when timedOut => new Failure(
                FailureKind.ClientStalled, Phase.Transfer, $"The client sent nothing for the idle time-out of the target '{target.Name}'."),
            ForwarderError.ResponseBodyClient when timedOut => new Failure(
                FailureKind.ClientStalled, Phase.Transfer, $"The client took nothing of the answer for the idle time-out of the target '{target.Name}'."),
            // Kestrel refuses to write what the answer's head does not allow: more than its length, or anything where its status has no content.
            ForwarderError.ResponseBodyClient when exception is InvalidOperationException => Broke(target, "answered with a body that does not fit its headers"),
            ForwarderError.ResponseBodyClient => Gone(),
            ForwarderError.ResponseHeaders => Broke(target, "answered with a status or headers that can't be passed on"),
            ForwarderError.RequestCreation => new Failure(FailureKind.Internal, Phase.Open, "The request to the downstream service could not be made."),
            _ when timedOut => Stalled(target),
            _ => From(exception, target),
        };
    }

    /// <summary>What became of a request that failed after its target was connected to, or before.</summary>
    public static Failure From(Exception? exception, RelayTarget target) => IsUnreachable(exception)
        ? new Failure(FailureKind.DownstreamUnreachable, Phase.Transfer, $"No connection to the target '{target.Name}' could be made.")
        : Broke(target, Last(exception) switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } =>
                "sent an answer that is not HTTP",
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } or HttpIOException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                "sent an answer whose headers are too large",
            HttpRequestException { HttpRequestError: HttpRequestError.HttpProtocolError } or HttpIOException { HttpRequestError: HttpRequestError.HttpProtocolError } =>
                "reset the stream, or broke the rules of HTTP/2, before it had answered in full",
            _ => "closed the connection before it had answered in full",
        });

    /// <summary>An answer that is none, or is not whole.</summary>
    public static Failure Broke(RelayTarget target, string how) => new(FailureKind.DownstreamBroke, Phase.Transfer, $"The target '{target.Name}' {how}.");

    private static Failure Stalled(RelayTarget target) =>
        new(FailureKind.DownstreamStalled, Phase.Transfer, $"The target '{target.Name}' took or sent nothing for its IdleTimeout, or could not be connected to in its ConnectTimeout.");

    // Less a tenth, because timers have a clock of their own.
    private static TimeSpan ShortestTimeout(RelayTargetOptions options) => 0.9 * (options.IdleTimeout < options.ConnectTimeout ? options.IdleTimeout : options.ConnectTimeout);

    private static Failure Gone() => new(FailureKind.ClientGone, Phase.Transfer, "The client closed the connection before it was answered.");

    private static bool IsUnreachable(Exception? exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError
    };

    // HttpClient's exception is a cancellation when it was cancelled, whatever broke then; and the client had not left, so it was YARP's watch over
    // progress, or the time-out of a connection. Of two exceptions the first is the body's, which HttpClient cancels too when a connection breaks.
    private static bool IsCancelled(Exception? exception) =>
        Last(exception) is OperationCanceledException;

    private static Exception? Last(Exception? exception) => exception is AggregateException several ? several.InnerExceptions[^1] : exception;
}
