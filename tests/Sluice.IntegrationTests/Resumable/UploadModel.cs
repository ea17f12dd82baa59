using Sluice.Resumable;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>What is known of an upload by whoever sent it and listened: how far it is, and which bytes it can be made of.</summary>
internal sealed class UploadModel
{
    private List<byte[]> _contents = [[]];

    /// <summary>The largest offset that was told.</summary>
    public long Offset { get; private set; }

    /// <summary>The length, once it was told.</summary>
    public long? Length { get; set; }

    /// <summary>It is a blob.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>It was given up.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>An offset was told. What is new of it came from one of those.</summary>
    /// <param name="offset">The offset.</param>
    /// <param name="sent">What was sent from the last offset on, by anybody, and not told of since.</param>
    public void Tell(long offset, params IReadOnlyList<byte[]> sent)
    {
        Assert.True(offset >= Offset, $"{Offset} had been told, and now {offset}.");
        var more = (int)(offset - Offset);
        if (more > 0)
        {
            var possible = sent.Where(bytes => bytes.Length >= more).Select(bytes => bytes[..more]).ToList();
            Assert.True(possible.Count > 0, $"{offset} was told; {Offset} had been, and nobody has sent that much since.");
            _contents = [.. _contents.SelectMany(content => possible.Select(bytes => (byte[])[.. content, .. bytes]))];
        }

        Offset = offset;
    }

    /// <summary>An answer told an offset, or that it is complete.</summary>
    public void Tell(UploadStatus status, params IReadOnlyList<byte[]> sent)
    {
        Assert.False(IsCancelled, "An upload was told of that had been given up.");
        Tell(status.Offset, sent);
        Assert.True(status.IsComplete || !IsComplete, "It was complete, and is not any more.");
        IsComplete = status.IsComplete;
    }

    /// <summary>What is visible, and whether it may be.</summary>
    public void See(byte[]? visible)
    {
        Assert.Equal(IsComplete, visible is not null);
        if (visible is not null)
        {
            Assert.Equal(Offset, visible.Length);
            Assert.True(
                _contents.Exists(content => visible.AsSpan().SequenceEqual(content)), "The bytes are not those that were acknowledged.");
        }
    }
}
