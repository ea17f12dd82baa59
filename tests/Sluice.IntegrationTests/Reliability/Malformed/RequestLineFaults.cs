namespace Sluice.IntegrationTests.Reliability.Malformed;

/// <summary>What can be wrong with a request line (RFC 9112, section 3).</summary>
internal static class RequestLineFaults
{
    private static readonly string[] _methods =
    [
        "", "P UT", "put", "PUT\t", "(PUT)", "P\0T", "PU\rT", "\x80PUT", "CONNECT", "TRACE", "PRI", "OPTIONS", "PUT/", new('M', 300)
    ];

    private static readonly string[] _versions =
        [
            "", "HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "HTTP/1.", "http/1.1", "HTTP/1.1 ", "HTTP/11", "HTTP/1.1\0", "HTTP/1.1\r", "HTTP/1.0",
            "HTTPS/1.1", "HTTP/-1.1", "HTTP/1.1 x"
        ];

    private static readonly string[] _gaps = ["", "  ", "\t", "\r", "\n", "\0", "\v", "\r\n", "\x80", " \r\n "];

    private static readonly Func<string, string>[] _targets =
    [
        static path => $"http://sluice{path}",
        static path => $"http://evil.example{path}",
        static path => $"http://user@sluice:80{path}",
        static path => $"http:{path}",
        static path => $"ftp://sluice{path}",
        static _ => "sluice:80",
        static _ => "*",
        static _ => "",
        static path => path[1..],
        static path => $"/{path}",
        static path => $"/..{path}",
        static path => $"/x/..{path}",
        static path => $"/./{path}",
        static path => path.Replace("/api", "/%61pi", StringComparison.Ordinal),
        static path => path.Replace("/api/", "/api%2f", StringComparison.Ordinal),
        static path => path.Replace("/api/", "/api\\", StringComparison.Ordinal),
        static path => path.Replace("/api/", "/api;x/", StringComparison.Ordinal),
        static path => path + "%",
        static path => path + "%zz",
        static path => path + "%00",
        static path => path + "\0",
        static path => path + "%0d%0aX:%20y",
        static path => path + "%c0%ae%c0%ae/",
        static path => path + "%ff%fe",
        static path => path + "%2e%2e/%2e%2e/",
        static path => path + "/../../../x",
        static path => path + "/%2e%2e%2fx",
        static path => path + "/%252e%252e/x",
        static path => path + "/./x",
        static path => path + "//",
        static path => path + "#fragment",
        static path => path + "\\..\\x",
        static path => path + " x",
        static path => path + "\x80\xff",
        static path => path + "?" + new string('q', 20_000),
        static path => path + new string('p', 17_000),
        static path => path + "?prefix=..%2f..&prefix=%00&atomic=maybe",
    ];

    public static string Spoil(RequestDraft draft, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                draft.Method = _methods[random.Next(_methods.Length)];
                return $"method {draft.Method}";
            case 1:
                draft.Version = _versions[random.Next(_versions.Length)];
                return $"version {draft.Version}";
            case 2:
                var at = random.Next(draft.Gaps.Length);
                draft.Gaps[at] = _gaps[random.Next(_gaps.Length)];
                return $"gap {at}";
            default:
                var target = random.Next(_targets.Length);
                draft.Target = _targets[target](draft.Target);
                return $"target {target}";
        }
    }
}
