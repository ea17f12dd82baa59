using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Sluice.Benchmarks.Compare;

/// <summary>
/// A blob service that takes bytes as fast as the kernel has them, and keeps none: what is between a client and it is what is measured. It
/// knows Put Blob, Put Block, Put Block List, Get Block List, Append Block, Set Blob Metadata, Get Blob, Get Blob Properties, Delete Blob
/// and List Blobs, of which there never are any, and answers to everything else as it would to a PUT of nothing, so that a proxy can stand
/// in front of it as well.
/// </summary>
internal sealed class DiscardingBlobService : IDisposable
{
    /// <summary>The container that it has.</summary>
    public const string Container = "bench";

    /// <summary>The account that it has.</summary>
    public const string Account = "devstoreaccount1";

    /// <summary>The account's key: the public one of every development storage.</summary>
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string Properties =
        "ETag: \"0x1\"\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nx-ms-request-id: 0\r\nx-ms-version: 2025-01-05\r\n";

    private const string NoBlobs =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs /><NextMarker /></EnumerationResults>";

    private const int PieceBytes = 1 << 20;

    private static readonly byte[] _zeros = new byte[PieceBytes];

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly BlobNotes _notes = new();

    /// <param name="certificate">What it shows, if it speaks TLS.</param>
    public DiscardingBlobService(TestCertificate? certificate = null)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen(512);
        Listener = new Listener(((IPEndPoint)_socket.LocalEndPoint!).Port, certificate);
        new Thread(Accept) { IsBackground = true }.Start();
    }

    /// <summary>Where it listens.</summary>
    public Listener Listener { get; }

    /// <summary>The address of its account.</summary>
    public string Endpoint => $"{Listener}/{Account}";

    /// <summary>Opens it to the storage SDK.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol={Endpoint.Split(':')[0]};AccountName={Account};AccountKey={Key};BlobEndpoint={Endpoint};";

    /// <summary>The path of its container.</summary>
    public static string ContainerPath => $"/{Account}/{Container}";

    public void Dispose() => _socket.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _socket.Accept();
                new Thread(() => Serve(socket), 256 * 1024) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of it.
        }
    }

    private void Serve(Socket socket)
    {
        using (socket)
        {
            try
            {
                using var wire = Wire.From(socket, Listener.Certificate);
                var connection = new BlobConnection(wire);
                while (connection.TryReadHead() is { } request)
                {
                    var length = connection.Discard(request);
                    Answer(wire, request, length);
                }
            }
            catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
            {
                // Whoever it was has gone.
            }
        }
    }

    private void Answer(Wire wire, BlobRequest request, long length)
    {
        switch (request.Method)
        {
            case "GET" when request.Component == "blocklist":
                Send(wire, "200 OK", "Content-Type: application/xml\r\n", _notes.BlockList(request.Path));
                break;
            case "GET" when request.Component == "list":
                Send(wire, "200 OK", "Content-Type: application/xml\r\n", NoBlobs);
                break;
            case "GET" or "HEAD" when request.IsOfContainer:
                Send(wire, "200 OK", "");
                break;
            case "GET" or "HEAD":
                SendBlob(wire, request);
                break;
            case "DELETE":
                _notes.Forget(request.Path);
                Send(wire, "202 Accepted", "");
                break;
            default:
                _notes.Take(request, length);
                Send(wire, request.Component == "metadata" ? "200 OK" : "201 Created", "x-ms-request-server-encrypted: true\r\n");
                break;
        }
    }

    private void SendBlob(Wire wire, BlobRequest request)
    {
        if (!_notes.TryFind(request.Path, out var bytes, out var metadata))
        {
            Send(wire, "404 The specified blob does not exist.", "x-ms-error-code: BlobNotFound\r\n");
            return;
        }

        const string Kind = "Content-Type: application/octet-stream\r\nx-ms-blob-type: BlockBlob\r\nAccept-Ranges: bytes\r\n";
        var lines = string.Concat(metadata.Select(static line => line + "\r\n"));
        wire.Send($"HTTP/1.1 200 OK\r\n{Properties}{Kind}{lines}Content-Length: {bytes}\r\n\r\n");
        for (var left = request.Method == "GET" ? bytes : 0; left > 0; left -= PieceBytes)
        {
            wire.Send(_zeros, (int)Math.Min(left, PieceBytes));
        }
    }

    private static void Send(Wire wire, string status, string fields, string body = "") =>
        wire.Send($"HTTP/1.1 {status}\r\n{Properties}{fields}Content-Length: {body.Length}\r\n\r\n{body}");
}
