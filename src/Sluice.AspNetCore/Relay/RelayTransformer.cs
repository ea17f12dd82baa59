using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Results;
using Sluice.Downstream;
using Sluice.Failures;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore.Relay;

/// <summary>
/// Changes made on the way: the address and the headers of the request, and whether the response goes to the client. YARP itself drops the
/// known hop-by-hop headers (RFC 9110, section 7.6.1).
/// </summary>
/// <param name="destination">Where the request goes.</param>
/// <param name="copy">The body of the request, on its way to the service.</param>
/// <param name="passOn">Whether the client gets the response, once that is decided.</param>
/// <param name="upload">Fires when the request is abandoned from outside.</param>
internal sealed class RelayTransformer(
    RelayDestination destination, BodyCopy copy, Task<bool> passOn, CancellationToken upload) : HttpTransformer, IDisposable
{
    private static readonly SearchValues<char> _controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static c => (char)c), '\u007F']);

    private readonly TaskCompletionSource<int> _head = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RelayTarget _target = destination.Target;
    private CancellationTokenRegistration _givenUp;
    private CappedStream? _counted;
    private long? _declared;

    /// <summary>The status of the response, once it begins.</summary>
    public Task<int> Head => _head.Task;

    /// <summary>Why the client can't get the response.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>The whole response went to the client.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>
    /// Whether the request was abandoned because its client had disconnected, or because the process shuts down and waits no longer. Read
    /// at that moment: later it proves nothing, because YARP itself aborts the client's connection when a service fails during its
    /// response.
    /// </summary>
    public bool IsClientGone { get; private set; }

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        _givenUp = cancellationToken.UnsafeRegister(static state => ((RelayTransformer)state!).GiveUp(), this);
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = destination.Address;
        proxyRequest.Options.Set(WholeBodyHandler.Copy, copy);
        RelayHeaders.Apply(httpContext.Request, proxyRequest, _target.Options, destination.Authorization);
        if (destination.IdempotencyKey is { } key)
        {
            RelayHeaders.AddKey(proxyRequest, key.ToString("N"));
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return false;
        }

        if (proxyResponse.Content.Headers.ContentLength > _target.Options.MaxResponseBytes
            && httpContext.Request.Method != HttpMethods.Head)
        {
            Failure = TooLarge();
            return false;
        }

        if (!CanPass(proxyResponse.Headers) || !CanPass(proxyResponse.Content.Headers))
        {
            Failure = ForwarderFailure.Broke(_target, "returned control characters in a header");
            return false;
        }

        // RFC 9110, sections 15.3.5 and 15.3.6. Kestrel would refuse to send such a length.
        if (proxyResponse is
            { StatusCode: HttpStatusCode.NoContent or HttpStatusCode.ResetContent, Content.Headers.ContentLength: > 0 })
        {
            Failure = ForwarderFailure.Broke(_target, "declared a length that its status does not allow");
            return false;
        }

        _head.TrySetResult((int)proxyResponse.StatusCode);
        if (!await passOn)
        {
            return false;
        }

        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var response = httpContext.Response;
        foreach (var named in proxyResponse.Headers.Connection)
        {
            response.Headers.Remove(named);
        }

        if (HttpProtocol.IsHttp11(httpContext.Request.Protocol) && Drain.IsClientWaiting(httpContext.Request))
        {
            response.Headers.Connection = "close";
        }

        // HttpClient does not enforce the length of a response in HTTP/2 (RFC 9113, section 8.1.1).
        _declared = proxyResponse.Version.Major > 1 && HasContent(httpContext.Request, proxyResponse)
            ? proxyResponse.Content.Headers.ContentLength
            : null;
        if (_target.Options.MaxResponseBytes is not null || _declared is not null)
        {
            response.Body = _counted = new CappedStream(
                response.Body, _target.Options.MaxResponseBytes ?? long.MaxValue, () => Failure = TooLarge());
        }

        return true;
    }

    public override async ValueTask TransformResponseTrailersAsync(
        HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        if ((_declared is { } declared && _counted!.Written != declared) || !CanPass(proxyResponse.TrailingHeaders))
        {
            Failure = ForwarderFailure.Broke(_target, "returned an incomplete response, or control characters in a trailer");
            httpContext.Abort();
            return;
        }

        await base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);
        IsAnswered = true;
        if (!copy.Body.Ended)
        {
            // It responded before it had the whole body, so it does not want the rest (RFC 9113, section 8.1).
            await copy.DisposeAsync();
        }
    }

    public void Dispose() => _givenUp.Dispose();

    private static bool HasContent(HttpRequest request, HttpResponseMessage answer) =>
        !HttpMethods.IsHead(request.Method) && answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified);

    // Kestrel can't write such values (RFC 9110, section 5.5, lets a recipient refuse them). Names are tokens: HttpClient accepts no
    // others.
    private static bool CanPass(HttpHeaders headers)
    {
        foreach (var (_, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                if (value.AsSpan().ContainsAny(_controls))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void GiveUp() => IsClientGone = upload.IsCancellationRequested;

    private Failure TooLarge() =>
        new(
            FailureKind.DownstreamAnswerTooLarge, Phase.Transfer,
            $"The response of the target '{_target.Name}' is larger than {_target.Options.MaxResponseBytes} bytes.")
        {
            LimitBytes = _target.Options.MaxResponseBytes,
        };
}
