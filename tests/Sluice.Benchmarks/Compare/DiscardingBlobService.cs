using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Benchmarks.Compare;

/// <summary>
/// A blob service that takes bytes as fast as the kernel has them, and keeps none: what is between a client and it is what is measured. It
/// knows Put Blob, Put Block, Put Block List, Get Block List, Get Blob and Get Blob Properties, and answers to everything else as it would
/// to a PUT of nothing, so that a proxy can stand in front of it as well. A blob's length is the number behind the last dash of its name.
/// </summary>
internal sealed partial class DiscardingBlobService : IDisposable
{
    /// <summary>The container and account that it has.</summary>
    public const string Container = "bench";

    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const int HeadBytes = 64 * 1024;
    private const int PieceBytes = 1 << 20;

    private static readonly byte[] _zeros = new byte[PieceBytes];

    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);

    // Of resumable uploads; by path.
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, long>> _uncommitted = [];

    public DiscardingBlobService()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        new Thread(Accept) { IsBackground = true }.Start();
    }

    /// <summary>Where it listens, on the loopback address.</summary>
    public int Port { get; }

    /// <summary>Opens it to the storage SDK. The key is the public one of every development storage.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{Port}/{Account};";

    /// <summary>The path of its container.</summary>
    public static string ContainerPath => $"/{Account}/{Container}";

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.Accept();
                socket.NoDelay = true;
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
                var connection = new Connection(socket);
                while (connection.TryReadHead() is { } head)
                {
                    var length = connection.Discard(head);
                    Answer(socket, head, length);
                }
            }
            catch (SocketException)
            {
                // Whoever it was has gone.
            }
        }
    }

    private void Answer(Socket socket, RequestHead head, long length)
    {
        const string Properties =
            "ETag: \"0x1\"\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nx-ms-request-id: 0\r\nx-ms-version: 2025-01-05\r\n";
        switch (head.Method)
        {
            case "GET" when head.Query.Contains("comp=blocklist", StringComparison.Ordinal):
                Send(socket, "200 OK", Properties + "Content-Type: application/xml\r\n", BlockList(head.Path));
                break;
            case "GET" or "HEAD":
                var bytes = long.TryParse(head.Path[(head.Path.LastIndexOf('-') + 1)..], out var declared) ? declared : 0;
                const string Kind = "Content-Type: application/octet-stream\r\nx-ms-blob-type: BlockBlob\r\nAccept-Ranges: bytes\r\n";
                socket.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{Properties}{Kind}Content-Length: {bytes}\r\n\r\n"));
                for (var left = head.Method == "GET" ? bytes : 0; left > 0;)
                {
                    left -= socket.Send(_zeros.AsSpan(0, (int)Math.Min(left, PieceBytes)));
                }

                break;
            default:
                Note(head, length);
                Send(socket, "201 Created", Properties + "x-ms-request-server-encrypted: true\r\n", "");
                break;
        }
    }

    private string BlockList(string path)
    {
        var blocks = _uncommitted.TryGetValue(path, out var ids)
            ? string.Concat(ids.Select(static id => $"<Block><Name>{id.Key}</Name><Size>{id.Value}</Size></Block>"))
            : "";
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><CommittedBlocks "
            + $"/><UncommittedBlocks>{blocks}</UncommittedBlocks></BlockList>";
    }

    private void Note(RequestHead head, long length)
    {
        if (head.Query.Contains("comp=blocklist", StringComparison.Ordinal))
        {
            _uncommitted.TryRemove(head.Path, out _);
        }
        else if (head.Query.Split('&').FirstOrDefault(static part => part.StartsWith("blockid=", StringComparison.Ordinal)) is { } id)
        {
            _uncommitted.GetOrAdd(head.Path, static _ => [])[Uri.UnescapeDataString(id["blockid=".Length..])] = length;
        }
    }

    private static void Send(Socket socket, string status, string fields, string body) =>
        socket.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{fields}Content-Length: {body.Length}\r\n\r\n{body}"));

    private sealed record RequestHead(string Method, string Path, string Query, long? Length);

    private sealed partial class Connection(Socket socket)
    {
        private readonly byte[] _held = new byte[HeadBytes];
        private int _start;
        private int _end;

        public RequestHead? TryReadHead()
        {
            int end;
            while ((end = Held.IndexOf("\r\n\r\n"u8)) < 0)
            {
                if (!TryFill())
                {
                    return null;
                }
            }

            var lines = Encoding.ASCII.GetString(Held[..end]).Split("\r\n");
            _start += end + 4;
            var target = lines[0].Split(' ')[1].Split('?', 2);
            if (lines.Any(static line => line.StartsWith("Expect:", StringComparison.OrdinalIgnoreCase)))
            {
                socket.Send("HTTP/1.1 100 Continue\r\n\r\n"u8);
            }

            var chunked = lines.Any(static line => line.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase));
            var declared = lines.FirstOrDefault(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            long? length = chunked ? null : declared is null ? 0 : long.Parse(declared["Content-Length:".Length..]);
            return new RequestHead(lines[0].Split(' ')[0], target[0], target.Length > 1 ? target[1] : "", length);
        }

        public long Discard(RequestHead head)
        {
            if (head.Length is { } length)
            {
                Pass(length);
                return length;
            }

            for (long all = 0; ;)
            {
                int end;
                while ((end = Held.IndexOf("\r\n"u8)) < 0)
                {
                    if (!TryFill())
                    {
                        throw new SocketException((int)SocketError.ConnectionReset);
                    }
                }

                var size = Convert.ToInt64(Encoding.ASCII.GetString(Held[..end]).Split(';')[0], 16);
                _start += end + 2;
                Pass(size + 2);
                all += size;
                if (size == 0)
                {
                    return all;
                }
            }
        }

        private ReadOnlySpan<byte> Held => _held.AsSpan(_start, _end - _start);

        private bool TryFill()
        {
            Held.CopyTo(_held);
            (_start, _end) = (0, _end - _start);
            var count = socket.Receive(_held.AsSpan(_end));
            _end += count;
            return count > 0;
        }

        // The kernel throws away what it is told to (tcp(7), MSG_TRUNC): not even it copies the bytes.
        private void Pass(long length)
        {
            var held = (int)Math.Min(length, _end - _start);
            _start += held;
            for (var left = length - held; left > 0;)
            {
                var count = OperatingSystem.IsLinux()
                    ? Truncate((int)socket.Handle, 0, (nint)Math.Min(left, 16 << 20), 0x20)
                    : socket.Receive(_held.AsSpan(0, (int)Math.Min(left, HeadBytes)));
                if (count <= 0)
                {
                    throw new SocketException((int)SocketError.ConnectionReset);
                }

                left -= count;
            }
        }

        [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
        private static partial nint Truncate(int socket, nint buffer, nint length, int flags);
    }
}
