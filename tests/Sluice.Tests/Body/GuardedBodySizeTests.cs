using Sluice.Body;
using Sluice.Failures;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Body;

public sealed class GuardedBodySizeTests
{
    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(100)]
    public async Task A_body_up_to_the_limit_passes(int length)
    {
        using var guard = Guard(length, maxBytes: 100);

        var reading = await Reading.OfAsync(guard, 7, Unending);

        Assert.Null(reading.Failure);
        Assert.Equal(ScriptedBody.Content(length), reading.Bytes);
        Assert.Equal(length, guard.Bytes);
    }

    [Theory]
    [InlineData(101, 1)]
    [InlineData(101, 101)]
    [InlineData(101, 1_000)]
    [InlineData(5_000, 13)]
    public async Task A_body_over_the_limit_fails_with_the_byte_that_is_too_much(int length, int bufferBytes)
    {
        using var guard = Guard(length, maxBytes: 100);

        var reading = await Reading.OfAsync(guard, bufferBytes, Unending);

        Assert.Equal(100, reading.Failure.Is(FailureKind.BodyTooLarge, Phase.Transfer).LimitBytes);
        Assert.InRange(reading.Bytes.Length, 0, 100);
        Assert.InRange(guard.Bytes, 101, 100 + bufferBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_body_as_long_as_declared_passes(int length) =>
        Assert.Null((await Reading.OfAsync(Guard(length, declared: length), 7, Unending)).Failure);

    [Theory]
    [InlineData(99, 100)]
    [InlineData(0, 1)]
    [InlineData(101, 100)]
    [InlineData(1, 0)]
    public async Task A_body_not_as_long_as_declared_is_truncated(int length, int declared)
    {
        foreach (var bufferBytes in (int[])[1, 33, 1_000])
        {
            (await Reading.OfAsync(Guard(length, declared), bufferBytes, Unending)).Failure.Is(FailureKind.BodyTruncated, Phase.Transfer);
        }
    }

    [Fact]
    public async Task A_failed_body_stays_failed()
    {
        var (large, truncated) = (Guard(300, maxBytes: 100), Guard(50, declared: 100));
        await Reading.OfAsync(large, 101, Unending);
        await Reading.OfAsync(truncated, 10, Unending);

        (await large.ReadAsync(new byte[10], Unending)).Failure.Is(FailureKind.BodyTooLarge, Phase.Transfer);
        (await truncated.ReadAsync(new byte[10], Unending)).Failure.Is(FailureKind.BodyTruncated, Phase.Transfer);
    }

    [Fact]
    public async Task A_body_that_breaks_off_has_the_failure_of_its_connection_and_counts_what_came()
    {
        var body = new ScriptedBody().Then(new byte[60]);
        using var guard = Guarded.Of(body.Then(body.Leave), 100, 1_000);

        (await Reading.OfAsync(guard, 7, Unending)).Failure.Is(FailureKind.ClientGone, Phase.Transfer);

        Assert.InRange(guard.Bytes, 0, 60);
    }

    private static GuardedBody Guard(int length, int? declared = null, long maxBytes = long.MaxValue) =>
        Guarded.Of(ScriptedBody.InPieces(ScriptedBody.Content(length), 40, 1), declared, maxBytes);
}
