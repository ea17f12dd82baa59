using System.Net;
using Azure.Core.Pipeline;

namespace Sluice.Storage;

/// <summary>How the clients of storage send their requests.</summary>
internal static class StorageTransport
{
    /// <summary>
    /// Creates a connection pool. It resolves an account's address again every few minutes. No cookies and no decompression: bytes are
    /// passed unchanged. And no spans: one for each block of each body would drown the span of the upload. Storage's own share of the time
    /// is a metric.
    /// </summary>
    public static HttpClientTransport Create() => new(new HttpClient(Handler()) { Timeout = Timeout.InfiniteTimeSpan });

    private static SocketsHttpHandler Handler() => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        Proxy = new ProxyBeyondLoopback(HttpClient.DefaultProxy),
        UseCookies = false,
    };
}
