using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Benchmarks.Compare;

/// <summary>One connection, as blocking sockets have it: in the open, or in TLS.</summary>
internal sealed partial class Wire : IDisposable
{
    private const int ScratchBytes = 64 * 1024;

    private readonly Socket _socket;
    private readonly SslStream? _tls;
    private byte[]? _scratch;

    private Wire(Socket socket, bool isTls)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _tls = isTls ? new SslStream(new NetworkStream(socket)) : null;
    }

    /// <summary>Connects to somebody.</summary>
    public static Wire To(Listener listener)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 120_000 };
        socket.Connect(IPAddress.Loopback, listener.Port);
        var wire = new Wire(socket, listener.Certificate is not null);
        wire._tls?.AuthenticateAsClient(listener.Certificate!.OfClient());
        return wire;
    }

    /// <summary>Takes over a connection that was accepted.</summary>
    public static Wire From(Socket socket, TestCertificate? certificate)
    {
        var wire = new Wire(socket, certificate is not null);
        wire._tls?.AuthenticateAsServer(certificate!.OfServer());
        return wire;
    }

    /// <summary>Sends all of some bytes.</summary>
    public void Send(byte[] bytes, int count)
    {
        if (_tls is not null)
        {
            _tls.Write(bytes, 0, count);
            return;
        }

        for (var sent = 0; sent < count;)
        {
            sent += _socket.Send(bytes, sent, count - sent, SocketFlags.None);
        }
    }

    /// <summary>Sends text.</summary>
    public void Send(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        Send(bytes, bytes.Length);
    }

    /// <summary>Receives what there is, at least a byte; 0 at the end.</summary>
    public int Receive(byte[] into, int offset) =>
        _tls?.Read(into, offset, into.Length - offset) ?? _socket.Receive(into, offset, into.Length - offset, SocketFlags.None);

    /// <summary>
    /// Receives so many bytes and keeps none. In the open the kernel throws away what it is told to (tcp(7), MSG_TRUNC): not even it
    /// copies the bytes. TLS has to decrypt them.
    /// </summary>
    public void Discard(long length)
    {
        for (var left = length; left > 0;)
        {
            var count = _tls is null && OperatingSystem.IsLinux()
                ? Truncate((int)_socket.Handle, 0, (nint)Math.Min(left, 16 << 20), 0x20)
                : Throw((int)Math.Min(left, ScratchBytes));
            if (count <= 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            left -= count;
        }
    }

    public void Dispose()
    {
        _tls?.Dispose();
        _socket.Dispose();
    }

    private int Throw(int most)
    {
        _scratch ??= new byte[ScratchBytes];
        return _tls?.Read(_scratch, 0, most) ?? _socket.Receive(_scratch, 0, most, SocketFlags.None);
    }

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Truncate(int socket, nint buffer, nint length, int flags);
}
