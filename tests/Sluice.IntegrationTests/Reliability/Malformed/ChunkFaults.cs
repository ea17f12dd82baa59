namespace Sluice.IntegrationTests.Reliability.Malformed;

/// <summary>Chunks, extensions and trailers that break the rules (RFC 9112, section 7.1), with the hidden request behind them.</summary>
internal static class ChunkFaults
{
    private static readonly string[] _chunks =
    [
        "ZZ\r\n", "-5\r\nhello\r\n0\r\n\r\n", "+5\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n", " 5\r\nhello\r\n0\r\n\r\n",
        "5\nhello\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "5\rhello\r\n0\r\n\r\n", "5\r\nhello0\r\n\r\n", "4\r\nhello\r\n0\r\n\r\n",
        "6\r\nhello\r\n0\r\n\r\n", "\r\nhello\r\n0\r\n\r\n", "5;x\nhello\r\n0\r\n\r\n", "5;x\rhello\r\n0\r\n\r\n",
        "ffffffffffffffff5\r\nhello\r\n0\r\n\r\n", "100000005\r\nhello\r\n0\r\n\r\n", "7fffffff\r\nhello\r\n0\r\n\r\n",
        "5\0\r\nhello\r\n0\r\n\r\n", "5\r\n\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\n\n", "5\r\nhello\r\n0\r\nX Y: z\r\n\r\n",
        "5\r\nhello\r\n0\r\n: z\r\n\r\n", "5\r\nhello\r\n0\r\nX: a\0b\r\n\r\n", "5\r\nhello\r\n0\r\nX\r\n\r\n", "5\r\nhello\r\n0\r\r\n",
    ];

    private static readonly string[] _ends =
    [
        "0\r\n\r\n", "000\r\n\r\n", "0;a=\"b\"\r\n\r\n", "0\r\nContent-Length: 0\r\n\r\n", "0\r\nTransfer-Encoding: chunked\r\n\r\n",
        "0\r\nHost: evil\r\nX-Trailer: z\r\n\r\n",
        "0\r\nIf-None-Match: *\r\nUpload-Complete: ?1\r\n\r\n",
    ];

    public static string Spoil(RequestDraft draft, Random random)
    {
        draft.Framing = random.Next(5) == 0 ? "transfer-encoding:\tCHUNKED\r\n" : "Transfer-Encoding: chunked\r\n";
        if (random.Next(4) > 0)
        {
            var chunk = random.Next(_chunks.Length);
            draft.Payload = $"{_chunks[chunk]}{draft.Hidden}";
            return $"chunk {chunk}";
        }

        // These are right, or may be taken: the hidden request is in the body only.
        var end = random.Next(_ends.Length);
        var extension = random.Next(3) switch { 0 => "", 1 => ";a=\"b\";c", _ => $";{new string('e', random.Next(30_000))}" };
        draft.Body = draft.Whole;
        draft.Payload = $"{draft.Body.Length:x}{extension}\r\n{draft.Body}\r\n{_ends[end]}";
        return $"end {end}, extension of {extension.Length}";
    }
}
