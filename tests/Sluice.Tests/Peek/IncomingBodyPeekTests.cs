using System.Buffers;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Peek;

public sealed class IncomingBodyPeekTests : IDisposable
{
    private const int Window = 512;

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _ends = new();

    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    public void Dispose() => _ends.Dispose();

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 1, true)]
    [InlineData(Window - 1, Window - 1, true)]
    [InlineData(Window, Window, true)]
    [InlineData(Window + 1, Window, false)]
    [InlineData(100_000, Window, false)]
    public async Task It_sees_at_most_the_window_and_whether_the_body_ended_in_it(int length, int seenBytes, bool complete)
    {
        var content = ScriptedBody.Content(length);
        var body = ScriptedBody.Arrived(content);

        var (seen, ended) = (await PeekAsync(body)).Value();

        Assert.Equal(content[..seenBytes], seen);
        Assert.Equal(complete, ended);
        Assert.Equal(content, await ReadOnAsync(body));
    }

    [Fact]
    public async Task It_puts_many_tiny_writes_together()
    {
        var content = ScriptedBody.Content(3 * Window);
        var body = ScriptedBody.InPieces(content, 1);

        var (seen, ended) = (await PeekAsync(body)).Value();

        Assert.Equal(content[..Window], seen);
        Assert.False(ended);
        Assert.Equal(content, await ReadOnAsync(body));
    }

    [Fact]
    public async Task It_waits_for_no_more_than_the_window()
    {
        var content = ScriptedBody.Content(Window);
        var body = new ScriptedBody();
        body.Send(content);

        // The body may end here, or not: nobody knows yet, and nobody waits for it.
        var peeking = PeekAsync(body);
        Assert.True(peeking.IsCompletedSuccessfully);

        var (seen, ended) = (await peeking).Value();
        Assert.Equal(content, seen);
        Assert.False(ended);
    }

    [Fact]
    public async Task It_does_not_hang_when_the_body_ends_exactly_at_the_window()
    {
        var content = ScriptedBody.Content(Window);
        var body = new ScriptedBody();

        var peeking = PeekAsync(body);
        body.Send(content.AsMemory(..100));
        Assert.False(peeking.IsCompleted);
        body.Send(content.AsMemory(100..));
        Assert.True(peeking.IsCompletedSuccessfully);
        body.End();

        Assert.Equal(content, (await peeking).Value().Seen);
        Assert.Equal(content, await ReadOnAsync(body));
    }

    [Fact]
    public async Task It_does_not_hang_when_a_short_body_ends_after_it_was_examined()
    {
        var content = ScriptedBody.Content(100);
        var body = new ScriptedBody();

        var peeking = PeekAsync(body);
        body.Send(content);
        Assert.False(peeking.IsCompleted);
        body.End();

        var (seen, ended) = (await peeking.Soon()).Value();
        Assert.Equal(content, seen);
        Assert.True(ended);
        Assert.Equal(content, await ReadOnAsync(body));
    }

    [Fact]
    public async Task What_was_peeked_at_is_read_on_without_waiting_for_more()
    {
        var body = new ScriptedBody();
        body.Send(ScriptedBody.Content(100));
        var peeking = PeekAsync(body);
        body.Send(ScriptedBody.Content(Window));
        (await peeking).Value();

        var read = body.ReadAsync(Unending);

        Assert.True(read.IsCompletedSuccessfully);
        Assert.Equal(100 + Window, (await read).Buffer.Length);
    }

    [Fact]
    public Task However_a_body_is_cut_the_first_bytes_are_seen_and_all_are_read() =>
        Gen.Select(Gen.Int[0, 3 * Window], Gen.Int[1, Window].Array[1, 8], Gen.Int[1, 2 * Window])
        .SampleAsync(async (length, pieces, window) =>
        {
            var content = ScriptedBody.Content(length);
            var body = ScriptedBody.InPieces(content, pieces);

            var (seen, ended) = (await PeekAsync(body, window)).Value();

            Assert.Equal(content[..Math.Min(length, window)], seen);
            Assert.True(ended ? length <= window : length >= window);
            Assert.Equal(content, await ReadOnAsync(body));
        });

    [Fact]
    public async Task A_connection_that_closes_is_a_client_that_is_gone()
    {
        var body = new ScriptedBody().Then(ScriptedBody.Content(100));

        (await PeekAsync(body.Then(body.Leave))).Failed(FailureKind.ClientGone, Phase.Peek);
    }

    [Fact]
    public async Task A_framing_that_breaks_is_a_truncated_body()
    {
        var body = new ScriptedBody().Then(ScriptedBody.Content(100));

        (await PeekAsync(body.Then(body.Break))).Failed(FailureKind.BodyTruncated, Phase.Peek);
    }

    [Fact]
    public async Task An_upload_that_is_cancelled_is_a_client_that_is_gone()
    {
        var peeking = PeekAsync(new ScriptedBody());
        await _ends.CancelAsync();

        (await peeking.Soon()).Failed(FailureKind.ClientGone, Phase.Peek);
    }

    [Fact]
    public async Task A_client_that_sends_nothing_has_stalled()
    {
        var body = new ScriptedBody();

        var peeking = PeekAsync(body);
        _time.Advance(TimeSpan.FromSeconds(29));
        body.Send(new byte[1]);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(peeking.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        (await peeking.Soon()).Failed(FailureKind.ClientStalled, Phase.Peek);
    }

    [Fact]
    public async Task Time_that_passes_after_the_peek_does_not_count()
    {
        (await PeekAsync(ScriptedBody.Of(ScriptedBody.Content(10)))).Value();

        _time.Advance(TimeSpan.FromHours(1));

        Assert.False(_ends.IsCancellationRequested);
    }

    private static async Task<byte[]> ReadOnAsync(ScriptedBody body)
    {
        for (var examined = 0L; ;)
        {
            var read = await body.ReadAsync(Unending);
            if (read.IsCompleted)
            {
                return read.Buffer.ToArray();
            }

            Assert.True(read.Buffer.Length > examined, "A read brought nothing new.");
            examined = read.Buffer.Length;
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private Task<Result<(byte[] Seen, bool Ended)>> PeekAsync(ScriptedBody body, int window = Window) => body.Incoming.PeekAsync(
        window,
        new IdleTimer(TimeSpan.FromSeconds(30), _time, _ends),
        static (head, complete) => (head.ToArray(), complete),
        _ends.Token).AsTask();
}
