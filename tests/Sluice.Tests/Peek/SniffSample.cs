namespace Sluice.Tests.Peek;

/// <summary>The first bytes of a body and the media type they have.</summary>
internal sealed record SniffSample(string MediaType, byte[] Body)
{
    public SniffSample(string mediaType, ReadOnlySpan<byte> body)
        : this(mediaType, body.ToArray())
    {
    }
}
