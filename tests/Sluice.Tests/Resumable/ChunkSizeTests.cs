using Sluice.AspNetCore.Resumable;
using Sluice.Settings;

namespace Sluice.Tests.Resumable;

/// <summary>The size of the chunks that Azure Logic Apps is asked to send.</summary>
public sealed class ChunkSizeTests
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData(null, 5, 16 * MiB)]
    [InlineData(4 * MiB, 5, 4 * MiB)]
    // Smaller ones would use up the blocks of a blob.
    [InlineData(64 * 1024, 5, MiB)]
    // Larger ones are not sent.
    [InlineData(100 * MiB, 5, 50 * MiB)]
    [InlineData(4 * MiB, 24_000L * 5 * MiB, 5 * MiB)]
    public void It_is_the_configured_one_within_what_both_sides_can_do(int? configured, long length, long expected) => Assert.Equal(
        expected, new UploadLimits(long.MaxValue, new ResumableOptions { MaxAppendBytes = configured }, 50_000).ChunkBytes(length));
}
