using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Sluice.AspNetCore;

/// <summary>What Kestrel must let through, and how much it may hold before anybody reads. The same in both hosts.</summary>
internal static class KestrelLimits
{
    // Twice the largest peek window. Kestrel's default of 1 MiB a request would be the largest part of the memory of many uploads.
    private const int RequestBufferBytes = 128 * 1024;

    // A blob name of 1,024 characters, each of which takes up to nine bytes in a URL. Kestrel's default is 8 KiB.
    private const int RequestLineBytes = 16 * 1024;

    /// <summary>The transport's own buffer, which is in front of Kestrel's and is 1 MiB a connection by default.</summary>
    public static void Apply(SocketTransportOptions sockets) => sockets.MaxReadBufferSize = RequestBufferBytes;

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // Field values are bytes (RFC 9110, section 5.5): one character each, both ways. Kestrel's default takes UTF-8 only, answers 400 to all else, over HTTP/2
        // by ending the connection with every request on it, and refuses to write any value that is not ASCII. Text is read by HeaderText.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.Limits.MaxRequestLineSize = RequestLineBytes;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestBufferSize = RequestBufferBytes;
        kestrel.Limits.Http2.InitialStreamWindowSize = RequestBufferBytes;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 8 * RequestBufferBytes;
    }
}
