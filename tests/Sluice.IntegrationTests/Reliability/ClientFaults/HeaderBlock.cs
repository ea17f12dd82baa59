using System.Text;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>
/// Header blocks of HTTP/2 (RFC 7541) for a client that allows no dynamic table: it writes literals, and reads those and the static table.
/// A value in Huffman's code, which Kestrel does not send, is left unread.
/// </summary>
internal static class HeaderBlock
{
    private static readonly string[] _names =
    [
        ":authority", ":method", ":method", ":path", ":path", ":scheme", ":scheme", ":status", ":status", ":status", ":status", ":status",
        ":status", ":status", "accept-charset", "accept-encoding", "accept-language", "accept-ranges", "accept",
        "access-control-allow-origin", "age", "allow", "authorization", "cache-control", "content-disposition", "content-encoding",
        "content-language", "content-length", "content-location", "content-range", "content-type", "cookie", "date", "etag", "expect",
        "expires", "from", "host", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "last-modified",
        "link", "location", "max-forwards", "proxy-authenticate", "proxy-authorization", "range", "referer", "refresh", "retry-after",
        "server", "set-cookie", "strict-transport-security", "transfer-encoding", "user-agent", "vary", "via", "www-authenticate",
    ];

    private static readonly string[] _statuses = ["200", "204", "206", "304", "400", "404", "500"];

    /// <summary>Writes headers, each a literal without indexing.</summary>
    public static byte[] Write(IEnumerable<(string Name, string Value)> headers)
    {
        var block = new MemoryStream();
        foreach (var (name, value) in headers)
        {
            block.WriteByte(0);
            WriteText(block, name.StartsWith(':') ? name : name.ToLowerInvariant());
            WriteText(block, value);
        }

        return block.ToArray();
    }

    /// <summary>Reads headers.</summary>
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> block)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (!block.IsEmpty)
        {
            var first = block[0];
            if (first >= 0x80)
            {
                var index = ReadNumber(ref block, 7);
                headers[_names[index - 1]] = index is >= 8 and <= 14 ? _statuses[index - 8] : "";
            }
            else if (first is >= 0x20 and < 0x40)
            {
                ReadNumber(ref block, 5);
            }
            else
            {
                var index = ReadNumber(ref block, first >= 0x40 ? 6 : 4);
                var name = index == 0 ? ReadText(ref block) : _names[index - 1];
                headers[name] = ReadText(ref block);
            }
        }

        return headers;
    }

    private static void WriteText(MemoryStream block, string text)
    {
        var rest = text.Length;
        block.WriteByte((byte)Math.Min(rest, 127));
        if (rest >= 127)
        {
            for (rest -= 127; rest >= 128; rest >>= 7)
                block.WriteByte((byte)(128 | (rest & 127)));
            block.WriteByte((byte)rest);
        }

        block.Write(Encoding.Latin1.GetBytes(text));
    }

    private static string ReadText(ref ReadOnlySpan<byte> block)
    {
        var isHuffman = block[0] >= 0x80;
        var length = ReadNumber(ref block, 7);
        var text = isHuffman ? "" : Encoding.Latin1.GetString(block[..length]);
        block = block[length..];
        return text;
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> block, int bits)
    {
        var most = (1 << bits) - 1;
        var number = block[0] & most;
        block = block[1..];
        for (var shift = 0; number >= most; shift += 7)
        {
            var next = block[0];
            block = block[1..];
            number += (next & 127) << shift;
            if (next < 128)
                break;
        }

        return number;
    }
}
