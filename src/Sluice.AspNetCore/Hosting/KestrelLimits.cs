using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Sluice.AspNetCore.Hosting;

/// <summary>
/// What Kestrel must let through, how much it may hold before anybody reads, and how many connections for how long. The same in both hosts; on Sluice.Server each
/// of these can be set as <c>Kestrel:Limits:{name}</c>.
/// </summary>
internal static class KestrelLimits
{
    /// <summary>Where they can be set, by the names of <see cref="KestrelServerLimits"/>.</summary>
    public const string Section = "Kestrel:Limits";

    // Twice the largest peek window. Kestrel's default of 1 MiB a request would be the largest part of the memory of many uploads.
    private const int RequestBufferBytes = 128 * 1024;

    // A blob name of 1,024 characters, each of which takes up to nine bytes in a URL. Kestrel's default is 8 KiB.
    private const int RequestLineBytes = 16 * 1024;

    // 8 KB of metadata, which is all that storage takes, and as much again four times over. Kestrel's default; here so that it is ours.
    private const int RequestHeadersBytes = 32 * 1024;

    // Likewise: 50 pairs of metadata, what browsers and proxies send, and some.
    private const int RequestHeaders = 100;

    // Some 10 KiB each while they wait, 50 MiB in all. Kestrel's default is as many as the process has handles, and then it can't reach storage either.
    private const int Connections = 5_000;

    // Over HTTP/2 one connection must not be a way around that. Kestrel's default; here so that it is ours.
    private const int StreamsPerConnection = 100;

    // A head is a packet or a few. Kestrel's default of 30 seconds is as long for who sends one letter at a time.
    private static readonly TimeSpan _headers = TimeSpan.FromSeconds(15);

    // Longer than load balancers and proxies keep a connection that nobody uses (60 to 120 seconds): who closes first must be the client, or requests get lost.
    private static readonly TimeSpan _keepAlive = TimeSpan.FromSeconds(130);

    /// <summary>The transport's own buffer, which is in front of Kestrel's and is 1 MiB a connection by default.</summary>
    public static void Apply(SocketTransportOptions sockets) => sockets.MaxReadBufferSize = RequestBufferBytes;

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // Field values are bytes (RFC 9110, section 5.5): one character each, both ways. Kestrel's default takes UTF-8 only, answers 400 to all else, over HTTP/2
        // by ending the connection with every request on it, and refuses to write any value that is not ASCII. Text is read by HeaderText.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;

        var limits = kestrel.Limits;
        limits.MaxRequestLineSize = RequestLineBytes;
        limits.MaxRequestHeadersTotalSize = RequestHeadersBytes;
        limits.MaxRequestHeaderCount = RequestHeaders;
        limits.MaxRequestBufferSize = RequestBufferBytes;
        limits.Http2.InitialStreamWindowSize = RequestBufferBytes;
        limits.Http2.InitialConnectionWindowSize = 8 * RequestBufferBytes;

        // Sluice:Body has limits of its own for these three: of time without a byte, and not of a rate.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;

        // Nothing is upgraded: a tunnel has no length, no end and no guard.
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxConcurrentConnections = Connections;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
        limits.RequestHeadersTimeout = _headers;
        limits.KeepAliveTimeout = _keepAlive;
    }

    /// <summary>Lets the configuration say otherwise.</summary>
    /// <exception cref="OptionsValidationException">A name or a value is none of Kestrel's.</exception>
    public static void Apply(IConfiguration configuration, KestrelServerOptions kestrel)
    {
        try
        {
            SluiceOptionsSetup.Bind(configuration.GetSection(Section), kestrel.Limits);
        }
        catch (TargetInvocationException e)
        {
            throw new OptionsValidationException(Section, typeof(KestrelServerLimits), [$"{Section} has a value that Kestrel does not take: {e.InnerException?.Message}"]);
        }
    }
}
