namespace Sluice.Peek;

/// <summary>What the peek saw.</summary>
/// <param name="MediaType">The sniffed media type; null for an empty body.</param>
/// <param name="Bytes">How many bytes were looked at.</param>
/// <param name="Complete">The body ended inside the window: these bytes are all of it.</param>
internal sealed record PeekResult(string? MediaType, int Bytes, bool Complete)
{
    public static PeekResult Of(System.Buffers.ReadOnlySequence<byte> head, bool complete) =>
        new(ContentSniffer.Sniff(head, complete), (int)head.Length, complete);
}
