using System.Net.Sockets;
using System.Text;

namespace Sluice.IntegrationTests.Relay;

/// <summary>
/// A service's half of an HTTP/2 connection, without any understanding of it: frames (RFC 9113, section 4), and fields as RFC 7541 writes
/// them without a table of its own.
/// </summary>
internal static class RawHttp2
{
    // What a client's connection begins with (RFC 9113, section 3.4).
    private const int Preface = 24;
    private const byte Headers = 1;

    /// <summary>A frame, of the first request unless said otherwise.</summary>
    public static byte[] Frame(byte type, byte flags, ReadOnlySpan<byte> payload, byte stream = 1) =>
        [0, (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, 0, stream, .. payload];

    /// <summary>A field of a response.</summary>
    public static byte[] Field(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.Latin1.GetBytes(name), (byte)value.Length, .. Encoding.Latin1.GetBytes(value)];

    /// <summary>Waits for the head of a request and sends these bytes. The connection takes no other request.</summary>
    public static async Task RespondAsync(Socket socket, byte[] response, CancellationToken cancellationToken)
    {
        await socket.SendAsync(Frame(4, 0, [], stream: 0), cancellationToken);
        await ReadAsync(socket, Preface, cancellationToken);
        for (byte type = 0; type != Headers;)
        {
            var head = await ReadAsync(socket, 9, cancellationToken);
            type = head[3];
            await ReadAsync(socket, (head[0] << 16) + (head[1] << 8) + head[2], cancellationToken);
        }

        await socket.SendAsync((byte[])[.. response, .. Frame(7, 0, [0, 0, 0, 1, 0, 0, 0, 0], stream: 0)], cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[bytes];
        for (int read = 0, count; read < bytes; read += count)
        {
            count = await socket.ReceiveAsync(buffer.AsMemory(read), cancellationToken);
            if (count == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
        }

        return buffer;
    }
}
