using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sluice.Body;
using Sluice.Downstream;
using Sluice.Failures;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore.Relay;

/// <summary>
/// One request to a downstream service, carried by YARP. YARP reads the guarded body as if it were the request's own, and stops at the head
/// of the response (<see cref="RelayTransformer"/>) until it is decided whether the client gets that response or one of ours.
/// </summary>
internal sealed class ForwardedRequest(HttpContext context, RelayClient client, Uri address, IHttpForwarder forwarder) : IDownstreamRequest
{
    private readonly TaskCompletionSource<bool> _passOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _ends;
    private RelayTransformer? _transformer;
    private BodyStream? _body;
    private Task<ForwarderError>? _forwarding;

    /// <summary>Identifies it, if it may be repeated.</summary>
    public Guid? IdempotencyKey { get; init; }

    public async ValueTask<Result<int>> SendAsync(BodySource body, CancellationToken cancellationToken)
    {
        if (!(await client.AuthorizationAsync(cancellationToken)).TryGet(out var authorization, out var failure))
        {
            return failure;
        }

        _ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _body = new BodyStream(body, client.Time);
        var copy = new BodyCopy(_body);
        _transformer = new RelayTransformer(
            new RelayDestination(client.Target, address, authorization) { IdempotencyKey = IdempotencyKey },
            copy, _passOn.Task, cancellationToken);
        var (head, forwarding) = (_transformer.Head, ForwardAsync(copy, _transformer, _ends.Token));
        _forwarding = forwarding;
        await Task.WhenAny(head, forwarding);
        // A tee whose other side has failed disposes this at the same time.
        return head.IsCompletedSuccessfully ? await head : Blame(await forwarding);
    }

    public async ValueTask<Failure?> AnswerAsync()
    {
        _passOn.TrySetResult(true);
        var error = await _forwarding!;

        // How the rest of the body ended, after the whole response went to the client, no longer matters.
        return _transformer!.Failure ?? (error == ForwarderError.None || _transformer.IsAnswered ? null : Blame(error));
    }

    public async ValueTask DisposeAsync()
    {
        if (_forwarding is null)
        {
            return;
        }

        _passOn.TrySetResult(false);
        if (!_forwarding.IsCompleted)
        {
            await _ends!.CancelAsync();
        }

        await _forwarding;
        _ends!.Dispose();
        _forwarding = null;
    }

    private async Task<ForwarderError> ForwardAsync(BodyCopy copy, RelayTransformer transformer, CancellationToken cancellationToken)
    {
        var (request, response) = (context.Request, context.Response);
        var (requestBody, responseBody) = (request.Body, response.Body);
        request.Body = copy.Body;

        // With this feature YARP hands the connection over to a WebSocket, past every guard of a body. Without it an Upgrade is ignored,
        // which is allowed (RFC 9110, section 7.8); a service that switches protocols anyway counts as broken.
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        context.Features.Set<IHttpUpgradeFeature>(null);

        // YARP stops when the client's connection ends. The caller, who supplies the token, decides whether the service still gets the body
        // without its client.
        var aborted = context.RequestAborted;
        context.RequestAborted = CancellationToken.None;
        try
        {
            // Before the request gets its own body back.
            await using (copy)
            {
                return await forwarder.SendAsync(
                    context, address.GetLeftPart(UriPartial.Authority), client.Invoker, client.Config, transformer, cancellationToken);
            }
        }
        finally
        {
            transformer.Dispose();
            request.Body = requestBody;
            context.Features.Set(upgrade);
            context.RequestAborted = aborted;
            if (!ReferenceEquals(response.Body, responseBody))
            {
                response.Body = responseBody;
            }

            if (!response.HasStarted && !transformer.IsAnswered)
            {
                // YARP's bare status, or the head of a response that the client does not get.
                response.Clear();
            }
        }
    }

    private Failure Blame(ForwarderError error)
    {
        var exception = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        return _transformer!.Failure
            ?? ForwarderFailure.From(error, exception, _body!.Failure, client.Target, _transformer.IsClientGone, _body.Idle);
    }
}
