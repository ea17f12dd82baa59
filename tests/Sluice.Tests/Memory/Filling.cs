using Sluice.Memory;

namespace Sluice.Tests.Memory;

/// <summary>Fills blocks in tests.</summary>
internal static class Filling
{
    public static void Fill(this Block block, ReadOnlySpan<byte> content, int most = int.MaxValue)
    {
        while (!content.IsEmpty)
        {
            var free = block.Free(Math.Min(most, content.Length));
            content[..free.Length].CopyTo(free.Span);
            block.Advance(free.Length);
            content = content[free.Length..];
        }
    }

    /// <summary>A block of somebody who never gives back by request.</summary>
    public static Block Take(this BlockPool pool, long bytes, string caller = "somebody else")
    {
        Assert.True(pool.Open(caller).TryRent(bytes, out var block));
        return block;
    }
}
