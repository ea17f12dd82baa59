using Sluice.Body;
using Sluice.Failures;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Body;

public sealed class IncomingBodyTests
{
    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    public async Task It_reads_a_body_to_its_end_whatever_the_size_of_the_destination(int bufferBytes)
    {
        var content = ScriptedBody.Content(5_000);
        foreach (var body in (ScriptedBody[])[ScriptedBody.InPieces(content, 1_000), ScriptedBody.Arrived(content)])
        {
            var reading = await Reading.OfAsync(body.Incoming, bufferBytes, Unending);

            Assert.Null(reading.Failure);
            Assert.Equal(content, reading.Bytes);
        }
    }

    [Fact]
    public async Task An_empty_destination_waits_for_the_next_byte_and_leaves_it_there()
    {
        var body = new ScriptedBody();
        var source = body.Incoming;

        var waiting = source.ReadAsync(Memory<byte>.Empty, Unending).AsTask();
        Assert.False(waiting.IsCompleted);
        body.Send(new byte[] { 1, 2 });
        Assert.Equal(new BodyRead(0, More: true), await waiting);
        body.End();

        Assert.Equal([1, 2], (await Reading.OfAsync(source, cancellationToken: Unending)).Bytes);
    }

    [Fact]
    public async Task An_empty_destination_learns_that_nothing_follows()
    {
        var body = new ScriptedBody();
        var source = body.Incoming;

        var waiting = source.ReadAsync(Memory<byte>.Empty, Unending).AsTask();
        Assert.False(waiting.IsCompleted);
        body.End();

        Assert.Equal(new BodyRead(0, End: true), await waiting);
    }

    [Fact]
    public async Task It_is_at_its_end_when_nothing_of_it_is_left_and_not_when_all_of_it_was_only_seen()
    {
        var content = ScriptedBody.Content(5_000);
        var source = ScriptedBody.InPieces(content, 1_000).Incoming;
        using var ends = new CancellationTokenSource();
        var idle = new IdleTimer(TimeSpan.FromSeconds(30), TimeProvider.System, ends);
        Assert.False(source.IsAtEnd);

        var seen = await source.PeekAsync(8_000, idle, static (head, complete) => (head.Length, complete), Unending);
        Assert.True(seen.TryGet(out var head, out _));
        Assert.Equal((5_000, true), head);
        Assert.False(source.IsAtEnd);

        var first = new byte[4_999];
        Assert.Equal(4_999, (await source.ReadAsync(first, Unending)).Bytes);
        Assert.False(source.IsAtEnd);

        Assert.Single((await Reading.OfAsync(source, cancellationToken: Unending)).Bytes);
        Assert.True(source.IsAtEnd);
    }

    [Fact]
    public async Task The_end_is_told_again_and_again()
    {
        var source = ScriptedBody.Of([]).Incoming;

        Assert.Equal(new BodyRead(0, End: true), await source.ReadAsync(new byte[1], Unending));
        Assert.Equal(new BodyRead(0, End: true), await source.ReadAsync(new byte[1], Unending));
    }

    [Theory]
    [InlineData(true, nameof(FailureKind.ClientGone))]
    [InlineData(false, nameof(FailureKind.BodyTruncated))]
    public async Task A_read_that_fails_is_what_the_connection_says_and_stays_it(bool isSenderGone, string kind)
    {
        var body = new ScriptedBody { IsSenderGone = isSenderGone };
        var source = body.Then(body.Break).Incoming;

        for (var i = 0; i < 2; i++)
        {
            var read = await source.ReadAsync(new byte[10], Unending);
            Assert.Equal(0, read.Bytes);
            read.Failure.Is(Enum.Parse<FailureKind>(kind), Phase.Transfer);
        }
    }

    [Fact]
    public async Task A_connection_that_the_server_gave_up_is_a_client_that_is_gone()
    {
        var body = new ScriptedBody();
        var source = body.Then(() => body.Break(new OperationCanceledException())).Incoming;

        (await source.ReadAsync(new byte[10], Unending)).Failure.Is(FailureKind.ClientGone, Phase.Transfer);
    }

    [Fact]
    public async Task A_read_that_is_cancelled_is_a_client_that_is_gone_and_takes_nothing()
    {
        using var ends = new CancellationTokenSource();
        var body = new ScriptedBody();
        var source = body.Incoming;

        var reading = source.ReadAsync(new byte[10], ends.Token).AsTask();
        await ends.CancelAsync();
        (await reading).Failure.Is(FailureKind.ClientGone, Phase.Transfer);
        body.Send(new byte[] { 1, 2, 3 });
        body.End();

        Assert.Equal([1, 2, 3], (await Reading.OfAsync(source, cancellationToken: Unending)).Bytes);
    }

    [Fact]
    public async Task A_stream_that_is_reset_while_its_bytes_are_taken_is_a_client_that_is_gone()
    {
        var body = new ScriptedBody();
        body.Then(() =>
        {
            body.Send(new byte[] { 1, 2, 3 });
            body.Reset();
        });

        var reading = await Reading.OfAsync(body.Incoming, cancellationToken: Unending);

        Assert.Equal([1, 2, 3], reading.Bytes);
        reading.Failure.Is(FailureKind.ClientGone, Phase.Transfer);
    }

    [Fact]
    public async Task A_stream_that_is_reset_does_not_hurt_who_cancels_its_read()
    {
        using var ends = new CancellationTokenSource();
        var body = new ScriptedBody();
        var reading = body.Incoming.ReadAsync(new byte[10], ends.Token).AsTask();

        body.Reset();
        await ends.CancelAsync();
        body.Break();

        (await reading).Failure.Is(FailureKind.ClientGone, Phase.Transfer);
    }
}
