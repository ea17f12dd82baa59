using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Tests.Body;

public sealed class GuardedBodyCheckTests
{
    private static readonly byte[] _content = ScriptedBody.Content(1000);

    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Each_check_sees_every_byte_once_and_is_asked_once(int piece)
    {
        using var first = new Check(null);
        using var second = new Check(null);
        using var guard = Guarded.Of(ScriptedBody.InPieces(_content, piece), checks: [first, second]);

        Assert.Equal(_content, (await Reading.OfAsync(guard, cancellationToken: Unending)).Bytes);
        Assert.True((await guard.ReadAsync(new byte[1], Unending)).End);

        Assert.All((Check[])[first, second], static check => Assert.Equal(_content, check.Seen));
        Assert.All((Check[])[first, second], static check => Assert.Equal(1, check.Asked));
    }

    [Fact]
    public async Task A_body_that_a_check_refuses_has_no_end_and_stays_refused()
    {
        var refused = new Failure(FailureKind.BodyTruncated, Phase.Seal, "Not what it was said to be.");
        using var agrees = new Check(null);
        using var refuses = new Check(refused);
        using var guard = Guarded.Of(ScriptedBody.Of(_content), checks: [agrees, refuses]);

        for (var read = default(BodyRead); read.Failure is null; Assert.False(read.End))
        {
            read = await guard.ReadAsync(new byte[64], Unending);
        }

        Assert.Same(refused, (await guard.ReadAsync(new byte[64], Unending)).Failure);
        Assert.Equal(1, refuses.Asked);
    }

    [Fact]
    public async Task A_body_that_broke_off_is_not_asked_about()
    {
        using var check = new Check(null);
        using var guard = Guarded.Of(ScriptedBody.Of(_content), length: 1001, checks: [check]);

        for (var read = default(BodyRead); read.Failure is null;)
        {
            read = await guard.ReadAsync(new byte[64], Unending);
        }

        Assert.Equal(0, check.Asked);
    }

    private sealed class Check(Failure? verdict) : IBodyCheck
    {
        public List<byte> Seen { get; } = [];

        public int Asked { get; private set; }

        public void Append(ReadOnlySpan<byte> bytes) => Seen.AddRange(bytes);

        public Failure? Verify()
        {
            Asked++;
            return verdict;
        }

        public void Dispose()
        {
        }
    }
}
