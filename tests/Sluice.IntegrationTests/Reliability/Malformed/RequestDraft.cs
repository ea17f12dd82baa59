using System.Globalization;

namespace Sluice.IntegrationTests.Reliability.Malformed;

/// <summary>A request whose every part can be changed before it is written.</summary>
internal sealed class RequestDraft
{
    public RequestDraft(Random random, string container, int number)
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"case-{number:D5}");
        Hidden = $"PUT /api/blobs/{container}/{MalformedRequests.Hidden}-{number} HTTP/1.1\r\nHost: sluice\r\nContent-Length: 1\r\n\r\nx";
        Body = $"{new string('b', random.Next(100))}\r\n\r\n{Hidden}{new string('e', random.Next(100))}";
        (Method, Route, string[] headers) = random.Next(16) switch
        {
            < 4 => ("PUT", $"/api/blobs/{container}/{Name}", (string[])[]),
            4 => ("PUT", $"/api/blobs/{container}/{Name}", ["If-None-Match: *"]),
            5 => ("PUT", $"/api/ingest/run-0/{Name}", []),
            6 => ("POST", $"/api/blobs/{container}?prefix={Name}", ["Content-Type: multipart/form-data; boundary=b"]),
            7 => ("POST", "/api/hooks/hook", ["X-GitHub-Delivery: x", "X-Hub-Signature-256: sha256=00"]),
            8 => ("POST", $"/api/relay/service/{Name}", []),
            9 => ("POST", "/api/files", ["Tus-Resumable: 1.0.0", "Upload-Length: 100000", "Content-Type: application/offset+octet-stream"]),
            10 => ("POST", "/api/files", ["Upload-Complete: ?0"]),
            11 => ("PATCH", "/api/files/nothing", ["Upload-Offset: 0", "Upload-Complete: ?0", "Content-Type: application/partial-upload"]),
            12 => ("POST", $"/api/peek?path={Name}", []),
            13 => ("GET", $"/api/blobs/{container}/{Name}", []),
            14 => ("DELETE", $"/api/blobs/{container}/{Name}", []),
            _ => ("GET", "/api/health/live", []),
        };
        if (Method == "POST" && Route.Contains("prefix", StringComparison.Ordinal))
            Body = $"--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n{Body}\r\n--b--\r\n";
        Target = Route;
        Whole = Body;
        Headers = [.. headers];
        Framing = string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        Payload = Body;
    }

    public string Name { get; }

    public string Method { get; set; }

    public string Route { get; }

    public string Target { get; set; }

    public string Version { get; set; } = "HTTP/1.1";

    /// <summary>What is between the parts of the request line, and at its ends.</summary>
    public string[] Gaps { get; } = ["", " ", " ", "\r\n"];

    public string Host { get; set; } = "Host: sluice\r\n";

    public List<string> Headers { get; }

    /// <summary>The lines that say how long the body is.</summary>
    public string Framing { get; set; }

    /// <summary>The body, in the only reading in which this is a request.</summary>
    public string Body { get; set; }

    /// <summary>The body that there was at first.</summary>
    public string Whole { get; }

    /// <summary>What is sent behind the head.</summary>
    public string Payload { get; set; }

    /// <summary>The hidden request.</summary>
    public string Hidden { get; }

    public override string ToString() =>
        $"{Gaps[0]}{Method}{Gaps[1]}{Target}{Gaps[2]}{Version}"
            + $"{Gaps[3]}{Host}{string.Concat(Headers.Select(static header => $"{header}\r\n"))}{Framing}\r\n{Payload}";
}
