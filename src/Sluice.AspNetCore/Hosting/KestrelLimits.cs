using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Sluice.AspNetCore.Hosting;

/// <summary>
/// Kestrel's limits: what it must let through, how much it may buffer before a body is read, how many connections it accepts and for how
/// long. They are the same in both hosts; on Sluice.Server each can be set as <c>Kestrel:Limits:{name}</c>.
/// </summary>
internal static class KestrelLimits
{
    /// <summary>The configuration section of the limits, with the names of <see cref="KestrelServerLimits"/>.</summary>
    public const string Section = "Kestrel:Limits";

    // Twice the largest peek window. Kestrel's default of 1 MiB a request would dominate the memory of many concurrent uploads.
    private const int RequestBufferBytes = 128 * 1024;

    // A blob name of 1,024 characters, each of up to nine bytes in a URL. Kestrel's default is 8 KiB.
    private const int RequestLineBytes = 16 * 1024;

    // 8 KB of metadata, the most that storage accepts, and three times as much again. Kestrel's default, set here so that it is explicit.
    private const int RequestHeadersBytes = 32 * 1024;

    // For the same reason: 50 pairs of metadata, what browsers and proxies send, and a margin.
    private const int RequestHeaders = 100;

    // About 10 KiB for each idle connection, 50 MiB in all. Kestrel's default is as many as the process has handles, and then it can't
    // reach storage either.
    private const int Connections = 5_000;

    // One HTTP/2 connection must not bypass that limit. Kestrel's default, set here so that it is explicit.
    private const int StreamsPerConnection = 100;

    // A request head is one or a few packets. Kestrel's default of 30 seconds would apply just as well to a client that sends one byte at a
    // time.
    private static readonly TimeSpan _headers = TimeSpan.FromSeconds(15);

    // Longer than load balancers and proxies keep an idle connection (60 to 120 seconds). The client must be the one that closes first,
    // otherwise requests get lost.
    private static readonly TimeSpan _keepAlive = TimeSpan.FromSeconds(130);

    /// <summary>The transport's own buffer, in front of Kestrel's. Its default is 1 MiB a connection.</summary>
    public static void Apply(SocketTransportOptions sockets) => sockets.MaxReadBufferSize = RequestBufferBytes;

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // Field values are bytes (RFC 9110, section 5.5): one character each, in both directions. Kestrel's default accepts UTF-8 only. It
        // answers 400 to anything else, over HTTP/2 by closing the connection with every request on it, and refuses to write any value that
        // is not ASCII. HeaderText decodes text.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;

        var limits = kestrel.Limits;
        limits.MaxRequestLineSize = RequestLineBytes;
        limits.MaxRequestHeadersTotalSize = RequestHeadersBytes;
        limits.MaxRequestHeaderCount = RequestHeaders;
        limits.MaxRequestBufferSize = RequestBufferBytes;
        limits.Http2.InitialStreamWindowSize = RequestBufferBytes;
        limits.Http2.InitialConnectionWindowSize = 8 * RequestBufferBytes;

        // Sluice:Body has its own limits for these three. They limit the time without a byte, not the rate.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;

        // Protocol upgrades are not supported: a tunnel has no length, no end and no guard.
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxConcurrentConnections = Connections;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
        limits.RequestHeadersTimeout = _headers;
        limits.KeepAliveTimeout = _keepAlive;
    }

    /// <summary>Lets the configuration override the limits.</summary>
    /// <exception cref="OptionsValidationException">A name or a value is not one of Kestrel's.</exception>
    public static void Apply(IConfiguration configuration, KestrelServerOptions kestrel)
    {
        try
        {
            SluiceOptionsSetup.Bind(configuration.GetSection(Section), kestrel.Limits);
        }
        catch (TargetInvocationException e)
        {
            throw new OptionsValidationException(
                Section, typeof(KestrelServerLimits), [$"{Section} has a value that Kestrel does not accept: {e.InnerException?.Message}"]);
        }
    }
}
