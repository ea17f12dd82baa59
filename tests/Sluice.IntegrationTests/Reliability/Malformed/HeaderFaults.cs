namespace Sluice.IntegrationTests.Reliability.Malformed;

/// <summary>What can be wrong with header fields (RFC 9112, section 5).</summary>
internal static class HeaderFaults
{
    private static readonly string[] _lines =
    [
        "X Y: z", "X\0: z", ": z", "X(: z", "X\r: z", "X : z", "X\t: z", "\x80: z", " X: z", "\tX: z", "X", "X z", "X:\r\n folded",
        "X: y\r\n\tfolded: z", "X: a\0b", "X: a\rb", "X: a\nY: b", "X: a\n", "X: \x7f", "X: \x01\x02", "X: \xff\xfe", "X:", "X:      ",
        "\r", "\n", "\0", "X: y\r\r", "X: y\n\r", "Connection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
        "Connection: close, host", "Connection: \0", "Upgrade: websocket\r\nConnection: Upgrade", "Expect: 100-continue", "Expect: 200-ok",
        "Expect:", "Content-Type: \0", "Content-Type: a/b, c/d", "Content-Type: multipart/form-data", "Content-Encoding: \r",
        "If-None-Match: \"", "If-Match: W/\"x\", \"", "Range: bytes=9-1", "Range: bytes=-", "Range: bytes=0-99999999999999999999",
        "x-ms-meta-a b: c", "x-ms-meta-a: \x80", "Content-Digest: sha-256=:AA", "Content-Digest: sha-256=:////:", "Repr-Digest: \0",
        "Upload-Offset: -1", "Upload-Length: 1e9", "Upload-Complete: ?2", "Upload-Metadata: ,,", "Traceparent: 00-x",
        "X-HTTP-Method-Override: DELETE", "X-Original-URL: /api/health/live", "X-Forwarded-Host: \x01", "Cookie: \0",
    ];

    private static readonly string[] _hosts =
    [
        "", "Host: a\r\nHost: b\r\n", "Host: \r\n", "Host: a b\r\n", "Host: user@sluice\r\n", "Host: sluice:99999999\r\n", "Host: [::1\r\n",
        "Host: \0\r\n", "Host: sluice/x\r\n", "Host:sluice\r\n", "Host : sluice\r\n", "Host: sluice\n", "Host: \x80\r\n",
    ];

    public static string Spoil(RequestDraft draft, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                var host = random.Next(_hosts.Length);
                draft.Host = _hosts[host];
                return $"host {host}";
            case 1 when random.Next(3) == 0:
                draft.Headers.Add($"X: {new string('v', 40_000)}");
                return "a header of 40,000";
            case 1 when random.Next(2) == 0:
                draft.Headers.Add($"{new string('N', 40_000)}: z");
                return "a name of 40,000";
            case 1:
                draft.Headers.AddRange(Enumerable.Range(0, 150).Select(static at => $"X-{at}: y"));
                return "150 headers";
            default:
                var line = random.Next(_lines.Length);
                draft.Headers.Insert(random.Next(draft.Headers.Count + 1), _lines[line]);
                return $"header {line}";
        }
    }
}
