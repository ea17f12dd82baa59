namespace Sluice.IntegrationTests.Faults;

/// <summary>The two ways in which a body of HTTP/1.1 says where it ends.</summary>
public enum Framing
{
    Chunked,
    Length,
}

internal static class Framings
{
    public static string Header(this Framing framing, long length) =>
        framing == Framing.Chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {length}";

    /// <summary>A piece of the body.</summary>
    public static Task SendAsync(this Framing framing, RawClient client, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        bytes.IsEmpty ? Task.CompletedTask // an empty chunk would be the last one
        : framing == Framing.Chunked ? client.SendChunkAsync(bytes, cancellationToken)
        : client.SendAsync(bytes, cancellationToken);
}
