using System.Security.Cryptography;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Tests.Body;

/// <summary>
/// Checks that look at bytes after they were passed on see the same as those that look at once, and nobody reuses memory under their eyes.
/// </summary>
public sealed class LateChecksTests
{
    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1000, 64 * 1024)]
    [InlineData(300_000, 100)]
    [InlineData(3_000_000, 64 * 1024)]
    [InlineData(3_000_000, 70_001)]
    public async Task They_see_the_whole_body_in_its_order_before_it_ends(int bytes, int piece)
    {
        var content = ScriptedBody.Content(bytes);
        using var check = new Hash();
        using var guard = Guarded.Of(ScriptedBody.InPieces(content, piece), checks: [check]);
        guard.AllowLateChecks();

        // Kept, as promised.
        var memory = new byte[bytes + 1];
        var read = default(BodyRead);
        for (var at = 0; !read.End; at += read.Bytes)
        {
            read = await guard.ReadAsync(memory.AsMemory(at), Unending);
            Assert.Null(read.Failure);
        }

        Assert.Equal(SHA256.HashData(content), check.Asked);
    }

    [Fact]
    public async Task A_reader_that_waits_for_them_may_use_the_same_memory_again()
    {
        var content = ScriptedBody.Content(2_000_000);
        using var check = new Hash();
        using var guard = Guarded.Of(ScriptedBody.InPieces(content, 64 * 1024), checks: [check]);
        guard.AllowLateChecks();

        var memory = new byte[50_000];
        for (var read = default(BodyRead); !read.End;)
        {
            read = await guard.ReadAsync(memory, Unending);
            await guard.WhenCheckedAsync();
            Array.Clear(memory);
        }

        Assert.Equal(SHA256.HashData(content), check.Asked);
    }

    [Fact]
    public async Task They_run_one_at_a_time_and_the_reader_goes_on_meanwhile()
    {
        using var slow = new Slow();
        var late = new LateChecks([slow]);
        var piece = new byte[256 * 1024];

        // Each is enough to begin with; the reader of the body comes to the end of the loop all the same.
        for (var i = 0; i < 4; i++)
        {
            late.Append(piece.AsMemory());
        }

        Assert.False(late.WhenDone().IsCompleted);
        slow.Go.Set();
        await late.WhenDone();
        Assert.Equal(4 * piece.Length, slow.Bytes);
        Assert.Equal(1, slow.MostAtOnce);
    }

    [Fact]
    public async Task What_follows_in_memory_is_looked_at_in_one_piece()
    {
        using var check = new Slow { IsFree = true };
        var late = new LateChecks([check]);
        var (first, second) = (new byte[1000], new byte[1000]);
        late.Append(first.AsMemory(0, 400));
        late.Append(first.AsMemory(400));
        late.Append(second.AsMemory(0, 400));
        late.Append(second.AsMemory(500));

        await late.EndAsync();

        Assert.Equal([1000, 400, 500], check.Pieces);
    }

    [Fact]
    public async Task A_check_that_throws_fails_who_waits_for_it()
    {
        var late = new LateChecks([new Broken()]);
        late.Append(new byte[1]);

        await Assert.ThrowsAsync<InvalidOperationException>(late.WhenDone);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await late.EndAsync());
    }

    private sealed class Hash : IBodyCheck
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public byte[]? Asked { get; private set; }

        public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

        public Failure? Verify()
        {
            Asked = _hash.GetCurrentHash();
            return null;
        }

        public void Dispose() => _hash.Dispose();
    }

    private sealed class Slow : IBodyCheck
    {
        private int _now;

        public ManualResetEventSlim Go { get; } = new();

        public bool IsFree { get; init; }

        public List<int> Pieces { get; } = [];

        public int Bytes => Pieces.Sum();

        public int MostAtOnce { get; private set; }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            if (!IsFree)
            {
                Go.Wait(Unending);
            }

            Pieces.Add(bytes.Length);
            Interlocked.Decrement(ref _now);
        }

        public Failure? Verify() => null;

        public void Dispose() => Go.Dispose();
    }

    private sealed class Broken : IBodyCheck
    {
        public void Append(ReadOnlySpan<byte> bytes) => throw new InvalidOperationException("broken");

        public Failure? Verify() => null;

        public void Dispose()
        {
        }
    }
}
