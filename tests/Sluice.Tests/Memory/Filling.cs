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
}
