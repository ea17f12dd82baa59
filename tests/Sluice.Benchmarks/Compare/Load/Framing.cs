namespace Sluice.Benchmarks.Compare;

/// <summary>How a body says where it ends.</summary>
internal enum Framing
{
    /// <summary><c>Content-Length</c>.</summary>
    Length,

    /// <summary><c>Transfer-Encoding: chunked</c>, in chunks of 64 KiB.</summary>
    Chunked,
}
