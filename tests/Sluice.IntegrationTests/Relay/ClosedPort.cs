using System.Net;
using System.Net.Sockets;

namespace Sluice.IntegrationTests.Relay;

/// <summary>A port that is taken, so that nobody else gets it, and at which nobody listens.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}");

    public void Dispose() => _socket.Dispose();
}
