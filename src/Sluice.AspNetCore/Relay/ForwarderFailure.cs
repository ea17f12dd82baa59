using System.Net.Sockets;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Settings;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore.Relay;

/// <summary>
/// The one place that reads YARP's errors (https://learn.microsoft.com/aspnet/core/fundamentals/servers/yarp/direct-forwarding).
/// </summary>
internal static class ForwarderFailure
{
    /// <summary>Returns what happened and which party caused it.</summary>
    /// <param name="error">YARP's error.</param>
    /// <param name="exception">The exception behind it.</param>
    /// <param name="body">Why reading the client's body failed, if it did.</param>
    /// <param name="target">The target.</param>
    /// <param name="clientGone">Whether the client had disconnected when the request was abandoned.</param>
    /// <param name="idle">How long ago the client's body was last read: a time-out can't have been reached before.</param>
    public static Failure From(
        ForwarderError error, Exception? exception, Failure? body, RelayTarget target, bool clientGone, TimeSpan idle)
    {
        // Kestrel refuses to write what the response head does not allow: more bytes than its length, or any content where its status
        // has none.
        var isMismatched = error is ForwarderError.ResponseBodyClient && exception is InvalidOperationException;

        // YARP tells of a broken response first, and then aborts the client's connection, whose body can't be read any more.
        var isResponseBroken = isMismatched || error is ForwarderError.ResponseHeaders or ForwarderError.ResponseBodyDestination;
        if (body is not null && !(isResponseBroken && body.Kind == FailureKind.ClientGone))
        {
            return body;
        }

        if (clientGone && !isResponseBroken
            && (error is ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyCanceled
                || IsCancelled(exception)))
        {
            return Gone();
        }

        // When a service resets an HTTP/2 stream, HttpClient cancels its body and YARP the request: that looks like a time-out.
        var timedOut = IsCancelled(exception) && idle >= ShortestTimeout(target.Options);
        return error switch
        {
            ForwarderError.Request when IsUnreachable(exception) => From(exception, target),
            ForwarderError.RequestBodyClient when timedOut => new Failure(
                FailureKind.ClientStalled, Phase.Transfer,
                $"The client sent nothing within the idle time-out of the target '{target.Name}'."),
            ForwarderError.ResponseBodyClient when timedOut => new Failure(
                FailureKind.ClientStalled, Phase.Transfer,
                $"The client read nothing of the response within the idle time-out of the target '{target.Name}'."),
            ForwarderError.ResponseBodyClient when isMismatched => Broke(target, "returned a body that does not match its headers"),
            ForwarderError.ResponseBodyClient => Gone(),
            ForwarderError.ResponseHeaders => Broke(target, "returned a status or headers that can't be passed on"),
            ForwarderError.RequestCreation =>
                new Failure(FailureKind.Internal, Phase.Open, "The request to the downstream service could not be created."),
            _ when timedOut => Stalled(target),
            _ => From(exception, target),
        };
    }

    /// <summary>Classifies a request that failed before or after its target was connected to.</summary>
    public static Failure From(Exception? exception, RelayTarget target) => IsUnreachable(exception)
        ? new Failure(FailureKind.DownstreamUnreachable, Phase.Transfer, $"No connection to the target '{target.Name}' could be made.")
        : Broke(target, Last(exception) switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
                or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } =>
                "returned a response that is not HTTP",
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
                or HttpIOException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                "returned response headers that are too large",
            HttpRequestException { HttpRequestError: HttpRequestError.HttpProtocolError }
                or HttpIOException { HttpRequestError: HttpRequestError.HttpProtocolError } =>
                "reset the stream, or violated HTTP/2, before its response was complete",
            _ => "closed the connection before its response was complete",
        });

    /// <summary>A response that is invalid or incomplete.</summary>
    public static Failure Broke(RelayTarget target, string how) =>
        new(FailureKind.DownstreamBroke, Phase.Transfer, $"The target '{target.Name}' {how}.");

    private static Failure Stalled(RelayTarget target) =>
        new(
            FailureKind.DownstreamStalled, Phase.Transfer,
            $"The target '{target.Name}' accepted or sent nothing for its IdleTimeout, "
                + $"or accepted no connection within its ConnectTimeout.");

    // Less a tenth, because timers use a different clock.
    private static TimeSpan ShortestTimeout(RelayTargetOptions options) =>
        0.9 * (options.IdleTimeout < options.ConnectTimeout ? options.IdleTimeout : options.ConnectTimeout);

    private static Failure Gone() =>
        new(FailureKind.ClientGone, Phase.Transfer, "The client closed the connection before the response was sent.");

    // HttpClient does not wrap the error of a connection that is reset as soon as it is made (.NET 10.0.12).
    private static bool IsUnreachable(Exception? exception) => exception is SocketException or HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError
    };

    // HttpClient throws a cancellation whenever it was cancelled, whatever else broke. The client had not disconnected, so the cause was
    // YARP's activity time-out or a connection time-out. Of two exceptions the first is the body's, which HttpClient also cancels when a
    // connection breaks.
    private static bool IsCancelled(Exception? exception) =>
        Last(exception) is OperationCanceledException;

    private static Exception? Last(Exception? exception) =>
        exception is AggregateException several ? several.InnerExceptions[^1] : exception;
}
