using System.Globalization;

namespace Sluice.IntegrationTests.Reliability.Malformed;

/// <summary>
/// Lengths and codings that two servers could read in two ways (RFC 9112, section 6).
/// Where the body can be taken to end early, the hidden request is next.
/// </summary>
internal static class LengthFaults
{
    private static readonly Func<long, string>[] _lengths =
    [
        static length => $"Content-Length: {length}\r\nContent-Length: {length}\r\n",
        static length => $"Content-Length: {length}\r\nContent-Length: 0\r\n",
        static length => $"Content-Length: 0\r\nContent-Length: {length}\r\n",
        static length => $"Content-Length: {length}, {length}\r\n",
        static length => $"Content-Length: 0, {length}\r\n",
        static length => $"Content-Length: +{length}\r\n",
        static length => $"Content-Length: -{length}\r\n",
        static length => $"Content-Length: 0x{length:x}\r\n",
        static length => $"Content-Length: 000{length}\r\n",
        static length => $"Content-Length: {length} 0\r\n",
        static length => $"Content-Length: {length}\0\r\n",
        static length => $"Content-Length: {length}\v\r\n",
        static length => $"Content-Length: {length}.0\r\n",
        static length => $"Content-Length: {length}e0\r\n",
        static length => $"Content-Length:\r\n {length}\r\n",
        static length => $"Content-Length : {length}\r\n",
        static _ => "Content-Length: \r\n",
        static _ => "Content-Length: 9223372036854775808\r\n",
        static length => $"Content-Length: {(UInt128)ulong.MaxValue + 1 + (ulong)length}\r\n",
        static length => $"Content-Length: {length + 5}\r\n",
        static length => $"Content_Length: 0\r\nContent-Length: {length}\r\n",
    ];

    private static readonly string[] _codings =
    [
        "xchunked", "chunked, identity", "identity", "gzip", "\vchunked", "chunked\0", "\"chunked\"", "chunked;q=1", "chunked, gzip",
        ", chunked,", "chun ked", "identity, chunked", "gzip, chunked", "chunked, chunked", "chunked\r\nTransfer-Encoding: identity",
        "identity\r\nTransfer-Encoding: chunked", "\x80", "",
    ];

    public static string Spoil(RequestDraft draft, Random random)
    {
        // In the only reading in which it is a request, the body is none.
        var early = $"0\r\n\r\n{draft.Hidden}";
        switch (random.Next(4))
        {
            case 0:
                var length = random.Next(_lengths.Length);
                (draft.Framing, draft.Payload) = (_lengths[length](draft.Whole.Length), draft.Body = draft.Whole);
                return $"length {length}";
            case 1:
                var coding = random.Next(_codings.Length);
                (draft.Body, draft.Framing, draft.Payload) = ("", $"Transfer-Encoding: {_codings[coding]}\r\n", early);
                return $"coding {coding}";
            case 2:
                // RFC 9112, section 6.1: whatever is made of it, the connection is closed.
                var both = string.Create(CultureInfo.InvariantCulture, $"Content-Length: {early.Length}\r\n");
                (draft.Body, draft.Framing, draft.Payload) = (
                    "", random.Next(2) == 0 ? $"{both}Transfer-Encoding: chunked\r\n" : $"Transfer-Encoding: chunked\r\n{both}", early);
                return "length and coding";
            default:
                (draft.Body, draft.Version, draft.Framing, draft.Payload) = (
                    "", "HTTP/1.0", "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n", early);
                return "chunked in HTTP/1.0";
        }
    }
}
