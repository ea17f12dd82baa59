using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.FunctionsHost.Http;

/// <summary>
/// Forwards requests to the worker: the whole body first, and then the answer. YARP's own transforms set X-Forwarded-*, and do not append
/// to it. As DefaultHttpProxyService in https://github.com/Azure/azure-functions-host
/// </summary>
internal sealed class HttpProxy(IHttpForwarder forwarder, TimeSpan timeout, TimeSpan continueTimeout) : IDisposable
{
    private const string InvocationId = "x-ms-invocation-id";

    private readonly ForwarderRequestConfig _config = new() { ActivityTimeout = timeout };
    private readonly HttpMessageInvoker _client = new(new RetryHandler(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        Expect100ContinueTimeout = continueTimeout,
    }));

    /// <summary>Starts, and ends when the answer was passed on or will not be.</summary>
    public Task<ForwarderError> ForwardAsync(HttpContext http, Uri worker, string invocationId, CancellationToken cancellationToken)
    {
        // What a client sent under this name remains.
        http.Request.Headers.TryAdd(InvocationId, invocationId);
        return forwarder.SendAsync(http, worker.ToString(), _client, _config, HttpTransformer.Default, cancellationToken).AsTask();
    }

    public void Dispose() => _client.Dispose();
}
