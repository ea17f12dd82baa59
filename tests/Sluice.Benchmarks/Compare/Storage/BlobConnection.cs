using System.Net.Sockets;
using System.Text;

namespace Sluice.Benchmarks.Compare;

/// <summary>Reads the requests of one connection to the blob service, one after the other, and throws their bodies away.</summary>
internal sealed class BlobConnection(Wire wire)
{
    private readonly byte[] _held = new byte[64 * 1024];
    private int _start;
    private int _end;

    private ReadOnlySpan<byte> Held => _held.AsSpan(_start, _end - _start);

    /// <summary>The next head; null at the end of the connection.</summary>
    public BlobRequest? TryReadHead()
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
        if (lines.Any(static line => line.StartsWith("Expect:", StringComparison.OrdinalIgnoreCase)))
        {
            wire.Send("HTTP/1.1 100 Continue\r\n\r\n");
        }

        return BlobRequest.Of(lines);
    }

    /// <summary>Throws the body of a request away.</summary>
    /// <returns>Its length.</returns>
    public long Discard(BlobRequest request)
    {
        if (request.Length is { } length)
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

    private bool TryFill()
    {
        Held.CopyTo(_held);
        (_start, _end) = (0, _end - _start);
        var count = wire.Receive(_held, _end);
        _end += count;
        return count > 0;
    }

    private void Pass(long length)
    {
        var held = (int)Math.Min(length, _end - _start);
        _start += held;
        wire.Discard(length - held);
    }
}
