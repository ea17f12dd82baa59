namespace Sluice.IntegrationTests.Reliability.Malformed;

/// <summary>Requests that are refused though they are HTTP, with the hidden request in a body that nobody wants.</summary>
internal static class RefusalFaults
{
    private static readonly (string Method, string Target)[] _refused =
    [
        ("PUT", "/api/blobs/nowhere/x"), ("PUT", "/api/blobs/nowhere"), ("PUT", "/nowhere"), ("POST", "/api/health/live"),
        ("POST", "/api/hooks/nobody"), ("POST", "/api/relay/nobody/x"), ("PATCH", "/api/files/nothing"), ("POST", "/api/blobs/nowhere"),
        ("GET", "/api/blobs/nowhere/x"), ("DELETE", "/api/files/nothing"), ("PUT", "/api/ingest/no-rule"), ("HEAD", "/api/files/nothing"),
    ];

    public static string Spoil(RequestDraft draft, Random random)
    {
        (draft.Method, draft.Target) = _refused[random.Next(_refused.Length)];
        if (random.Next(3) == 0)
            draft.Headers.Add("Expect: 100-continue");
        return "refused";
    }
}
