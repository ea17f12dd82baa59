using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore.Relay;

/// <summary>The one place that reads YARP's errors (https://learn.microsoft.com/aspnet/core/fundamentals/servers/yarp/direct-forwarding).</summary>
internal static class ForwarderFailure
{
    /// <summary>What happened, and whose doing it is.</summary>
    /// <param name="error">What YARP says.</param>
    /// <param name="exception">The exception behind it.</param>
    /// <param name="body">Why the client's body could not be read on, if it could not.</param>
    /// <param name="target">The target's name.</param>
    /// <param name="aborted">Whether the client's connection is gone.</param>
    public static Failure From(ForwarderError error, Exception? exception, Failure? body, string target, bool aborted)
    {
        // A read of the client that somebody else cancelled looks like a client that left.
        if (body is not null && (body.Kind != FailureKind.ClientGone || aborted))
        {
            return body;
        }

        if (aborted)
        {
            return Gone();
        }

        return error switch
        {
            ForwarderError.RequestTimedOut => Stalled(target),
            ForwarderError.Request when IsUnreachable(exception) => new Failure(
                FailureKind.DownstreamUnreachable, Phase.Transfer, $"No connection to the target '{target}' could be made."),
            ForwarderError.RequestBodyClient when IsTimeOut(exception) => new Failure(
                FailureKind.ClientStalled, Phase.Transfer, $"The client sent nothing for the idle time-out of the target '{target}'."),
            ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination when IsTimeOut(exception) => Stalled(target),
            ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyCanceled or ForwarderError.ResponseBodyClient => Gone(),
            ForwarderError.RequestCreation => new Failure(FailureKind.Internal, Phase.Open, "The request to the downstream service could not be made."),
            _ => new Failure(FailureKind.DownstreamBroke, Phase.Transfer, $"The target '{target}' closed the connection before it had answered in full."),
        };
    }

    private static Failure Stalled(string target) =>
        new(FailureKind.DownstreamStalled, Phase.Transfer, $"The target '{target}' took or sent nothing for its IdleTimeout, or could not be connected to in its ConnectTimeout.");

    private static Failure Gone() => new(FailureKind.ClientGone, Phase.Transfer, "The client closed the connection before it was answered.");

    private static bool IsUnreachable(Exception? exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError
    };

    // YARP's own watch over progress cancels; a connection that breaks does not. What its HTTP client cancels is told apart by its inner exception.
    private static bool IsTimeOut(Exception? exception) => exception switch
    {
        AggregateException several => several.InnerExceptions.Any(IsTimeOut),
        OperationCanceledException { InnerException: null or OperationCanceledException or TimeoutException } => true,
        _ => false,
    };
}
