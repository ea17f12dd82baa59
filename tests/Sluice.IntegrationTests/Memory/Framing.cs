namespace Sluice.IntegrationTests.Memory;

/// <summary>How a request says where its body ends.</summary>
public enum Framing
{
    /// <summary><c>Transfer-Encoding: chunked</c>: the length is not known before the end.</summary>
    Chunked,

    /// <summary><c>Content-Length</c>: it is known before the first byte.</summary>
    ContentLength,
}
