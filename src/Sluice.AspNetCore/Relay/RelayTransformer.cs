using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Answers;
using Sluice.Body;
using Sluice.Downstream;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore.Relay;

/// <summary>
/// What is changed on the way: the address and the headers of the request, and whether the answer is the client's. YARP itself drops the
/// hop-by-hop headers that are known by name (RFC 9110, section 7.6.1).
/// </summary>
internal sealed class RelayTransformer(
    RelayTarget target, Uri address, string? authorization, BodyStream body, Task<bool> passOn, CancellationTokenSource request, CancellationToken upload) : HttpTransformer, IDisposable
{
    private readonly TaskCompletionSource<int> _head = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _givenUp;

    /// <summary>The answer's status, once it begins.</summary>
    public Task<int> Head => _head.Task;

    /// <summary>Why the client can't have the answer.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>All of the answer went to the client.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>
    /// Whether the request was given up because its client had left, or because the process stops and waits no longer. Asked at that moment: later it is no sign, because YARP itself cuts the client of
    /// a service that fails in its answer.
    /// </summary>
    public bool IsClientGone { get; private set; }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        _givenUp = cancellationToken.UnsafeRegister(static state => ((RelayTransformer)state!).GiveUp(), this);
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = address;
        proxyRequest.Options.Set(WholeBodyHandler.Body, body);
        RelayHeaders.Apply(httpContext.Request, proxyRequest, target.Options, authorization);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return false;
        }

        if (proxyResponse.Content.Headers.ContentLength > target.Options.MaxResponseBytes && httpContext.Request.Method != HttpMethods.Head)
        {
            Failure = TooLarge();
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

        if (target.Options.MaxResponseBytes is { } most)
        {
            response.Body = new CappedStream(response.Body, most, () => Failure = TooLarge());
        }

        return true;
    }

    public override async ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        await base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);
        IsAnswered = true;
        if (body.Started && !body.Ended)
        {
            // It answered before it had the whole body, so it does not want the rest (RFC 9113, section 8.1).
            await request.CancelAsync();
        }
    }

    public void Dispose() => _givenUp.Dispose();

    private void GiveUp() => IsClientGone = upload.IsCancellationRequested;

    private Failure TooLarge() =>
        new(FailureKind.DownstreamAnswerTooLarge, Phase.Transfer, $"The answer of the target '{target.Name}' is larger than {target.Options.MaxResponseBytes} bytes.")
        {
            LimitBytes = target.Options.MaxResponseBytes,
        };
}
