using Microsoft.Extensions.Time.Testing;
using Sluice.Diagnostics;
using Sluice.Memory;
using Sluice.Tests.Body;
using Sluice.Tests.Diagnostics;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Memory;

public sealed class BlockStreamTests
{
    private const int Length = (2 * BlockPool.SegmentBytes) + 100;

    private readonly byte[] _content = ScriptedBody.Content(Length);
    private readonly BlockPool _pool = new(4 * BlockPool.SegmentBytes, new FakeTimeProvider(), new SluiceMetrics(new Meters()));
    private readonly Block _block;

    public BlockStreamTests()
    {
        var block = _pool.Take(Length);
        block.Fill(_content);
        _block = block;
    }

    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(1_000_000)]
    public async Task It_is_read_to_its_end(int bufferBytes)
    {
        await using var stream = new BlockStream(_block);
        using var read = new MemoryStream();
        var buffer = new byte[bufferBytes];
        for (int count; (count = await stream.ReadAsync(buffer, Unending)) > 0;)
        {
            read.Write(buffer, 0, count);
        }

        Assert.Equal(_content, read.ToArray());
        Assert.Equal(Length, stream.Position);
    }

    [Theory]
    [InlineData(0, SeekOrigin.Begin, 0)]
    [InlineData(70_000, SeekOrigin.Begin, 70_000)]
    [InlineData(-10, SeekOrigin.Current, 990)]
    [InlineData(-100, SeekOrigin.End, Length - 100)]
    [InlineData(0, SeekOrigin.End, Length)]
    public async Task It_is_copied_from_where_it_was_sought(int offset, SeekOrigin origin, int position)
    {
        await using var stream = new BlockStream(_block) { Position = 1_000 };
        using var copy = new MemoryStream();

        Assert.Equal(position, stream.Seek(offset, origin));
        await stream.CopyToAsync(copy, Unending);

        Assert.Equal(_content[position..], copy.ToArray());
    }

    [Fact]
    public async Task It_is_rewound_and_copied_again()
    {
        await using var stream = new BlockStream(_block);
        foreach (var _ in (int[])[1, 2])
        {
            using var copy = new MemoryStream();
            stream.Position = 0;
            await stream.CopyToAsync(copy, Unending);

            Assert.Equal(_content, copy.ToArray());
        }
    }

    [Fact]
    public async Task Two_copies_that_overlap_are_both_whole()
    {
        await using var stream = new BlockStream(_block);
        var onwards = new TaskCompletionSource();
        var (slow, fast) = (new ContentSink(BlockPool.SegmentBytes, onwards.Task), new ContentSink(Length, Task.CompletedTask));

        var first = stream.CopyToAsync(slow, Unending);
        Assert.False(first.IsCompleted);
        stream.Position = 0;
        await stream.CopyToAsync(fast, Unending);
        onwards.SetResult();
        await first.Soon();

        Assert.Equal(_content, fast.Content);
        Assert.Equal(_content, slow.Content);
    }

    [Fact]
    public async Task A_block_goes_back_only_when_who_still_copies_it_is_done()
    {
        await using var stream = new BlockStream(_block);
        var onwards = new TaskCompletionSource();
        var sink = new ContentSink(0, onwards.Task);

        var copying = stream.CopyToAsync(sink, Unending);
        _block.Dispose();
        Assert.Equal(_block.Capacity, _pool.InUseBytes);
        onwards.SetResult();
        await copying.Soon();

        Assert.Equal(_content, sink.Content);
        Assert.Equal(0, _pool.InUseBytes);
    }

    [Fact]
    public async Task A_copy_that_fails_lets_go_of_the_block()
    {
        await using var stream = new BlockStream(_block);
        var sink = new ContentSink(BlockPool.SegmentBytes, Task.FromException(new IOException("Connection reset by peer.")));

        await Assert.ThrowsAsync<IOException>(() => stream.CopyToAsync(sink, Unending));
        _block.Dispose();

        Assert.Equal(0, _pool.InUseBytes);
    }

    [Fact]
    public async Task A_block_that_is_gone_can_not_be_copied()
    {
        await using var stream = new BlockStream(_block);
        using var copy = new MemoryStream();
        _block.Dispose();

        await Assert.ThrowsAsync<IOException>(() => stream.CopyToAsync(copy, Unending));

        Assert.Equal(0, copy.Length);
        Assert.Equal(0, _pool.InUseBytes);
    }
}
